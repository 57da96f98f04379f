package io.touchpoint.runtime;

import io.touchpoint.config.AppConfig;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/** The configuration as Kafka Streams wants it, with the defaults that do not suit us replaced. */
public final class StreamsProperties {

    /** Above Kafka's internal wait of five minutes, which would otherwise race with it. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofMinutes(10);

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(60);

    /** A rejected record wraps the bytes of another, and so may be larger than the producer's default allows. */
    private static final int MAX_REQUEST_BYTES = 4 << 20;

    /**
     * With more, the requests behind one that the broker puts off arrive out of order and are refused, until all are sent
     * again: at the start of every transaction, and for minutes on a topic whose leader just moved.
     */
    private static final int ONE_IN_FLIGHT = 1;

    /** A commit sends what came in a tenth of a second; in batches of the default 16 KiB that is a request, and a wake-up, every few records. */
    private static final int BATCH_BYTES = 128 << 10;

    /**
     * The broker puts off the first requests of a transaction while it still ends the one before. By default they would be sent again a tenth of a second later, as long as a whole commit
     * interval. Kafka itself waits as long as this in the one case that it knows of.
     */
    private static final int RETRY_BACKOFF_MILLIS = 20;

    private StreamsProperties() {}

    /** Exactly-once; what the user passes through goes over our defaults, but not over what has a setting of its own. */
    public static Properties of(AppConfig config) {
        var properties = new Properties();
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG), millis(MAX_POLL_INTERVAL));
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), millis(TRANSACTION_TIMEOUT));
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), MAX_REQUEST_BYTES);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), ONE_IN_FLIGHT);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), RETRY_BACKOFF_MILLIS);
        config.streams().instanceId().ifPresent(name -> {
            properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), name);
            properties.put(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                    millis(config.streams().rejoinWithin()));
        });
        properties.putAll(config.kafka().client());
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, config.kafka().applicationId());
        config.http().reachedAt().ifPresent(own -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, own));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(
                StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) config.topics().replication());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.streams().threads());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                config.streams().commitInterval().toMillis());
        properties.put(
                StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.streams().standbys());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, config.streams().stateDir().toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(BoundedRocksDb.MEMORY, config.streams().rocksDbMemory());
        // Poison never gets this far, so whatever does is a bug or a lost server: stop, and lose nothing.
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailProcessingExceptionHandler.class);
        return properties;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}

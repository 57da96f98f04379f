package io.touchpoint.history;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes a history to the input topics, in its order, keyed as the topics are. For one thread. */
public final class HistoryPublisher {
    /** How far ahead of the clock a record's timestamp may be: less than the hour from which a broker refuses it. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    private static final int PROGRESS_EVERY = 1000;

    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final InstantSource clock;
    private final AtomicLong acknowledged = new AtomicLong();
    private final Queue<ImportError> refused = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** @param serializer writes the records of all input topics */
    public HistoryPublisher(
            Producer<String, byte[]> producer, Serializer<SpecificRecord> serializer, InstantSource clock) {
        this.producer = producer;
        this.serializer = serializer;
        this.clock = clock;
    }

    /**
     * Settings of a producer for {@link #HistoryPublisher}: every event is on all replicas once and in order, and batches are large.
     *
     * @param client addresses, security and whatever else is to be set; wins over ours but for the serializers
     */
    public static Map<String, Object> settings(Map<String, ?> client) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // With more in flight, one retriable refusal (a topic just created, a leader moved) can leave a partition's
        // batches out of
        // sequence, each refused for the one before it until all time out: seen with Kafka 4.3.1 in one of ten starts.
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        settings.putAll(client);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }

    /**
     * Publishes all events and returns when the broker has them.
     *
     * @param errors takes the events that the broker will not have, because they are too large
     * @param progress told now and then how many were published so far
     * @return how many were published
     * @throws KafkaException when publishing fails for another reason than one event; some may have been published
     * @throws IOException when the sorted events cannot be read back
     */
    public long publish(History history, Consumer<ImportError> errors, LongConsumer progress) throws IOException {
        Iterator<HistoryEvent> events = history.sorted();
        for (long sent = 1; events.hasNext(); sent++) {
            send(events.next());
            check();
            report(errors);
            if (sent % PROGRESS_EVERY == 0) {
                progress.accept(acknowledged.get());
            }
        }
        producer.flush();
        check();
        report(errors);
        progress.accept(acknowledged.get());
        return acknowledged.get();
    }

    private void send(HistoryEvent event) {
        String topic = event.topic().name();
        byte[] value = serializer.serialize(topic, event.value());
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, null, timestamp(event.occurredAt()), event.key(), value);
        producer.send(record, (metadata, exception) -> {
            if (exception == null) {
                acknowledged.incrementAndGet();
            } else if (exception instanceof RecordTooLargeException) {
                refused.add(tooLarge(event, value.length));
            } else {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /** The event's own time where a broker takes it; else the nearest that is safe. The pipeline goes by occurred_at anyway. */
    private long timestamp(long occurredAt) {
        Instant now = clock.instant();
        return occurredAt > now.plus(AHEAD).toEpochMilli() ? now.toEpochMilli() : Math.max(0, occurredAt);
    }

    private static ImportError tooLarge(HistoryEvent event, int bytes) {
        return new ImportError(
                event.file(),
                event.line(),
                "",
                "expected a record that producer (max.request.size) and topic (max.message.bytes) take, found one of "
                        + bytes + " bytes");
    }

    private void report(Consumer<ImportError> errors) {
        for (ImportError error = refused.poll(); error != null; error = refused.poll()) {
            errors.accept(error);
        }
    }

    private void check() {
        Exception exception = failure.get();
        if (exception != null) {
            throw new KafkaException(
                    "publishing failed after " + acknowledged.get() + " events: " + exception.getMessage(), exception);
        }
    }
}

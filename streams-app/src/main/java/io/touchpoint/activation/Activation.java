package io.touchpoint.activation;

import io.touchpoint.activation.platform.Platform;
import io.touchpoint.activation.platform.Transport;
import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.activation.Backoff;
import io.touchpoint.domain.activation.RateLimit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the audience changes of one platform to it: the one writer of its audiences, or one that stands by. All happens in the thread that
 * calls {@link #run}.
 */
public final class Activation {

    private static final Logger log = LoggerFactory.getLogger(Activation.class);
    private static final Duration LONGEST_POLL = Duration.ofMillis(200);
    private static final Duration FIGURES = Duration.ofMillis(500);
    private static final Duration MOST_BETWEEN_POLLS = Duration.ofMinutes(10);
    private static final int RECORDS = 2_000;
    private static final int FETCH_BYTES = 8 << 20;

    private final AppConfig config;
    private final Platform platform;
    private final AudienceMap audiences;
    private final Transport transport;
    private final RecordSerdes serdes;
    private final InstantSource clock;
    private final ActivationFigures figures;
    private final Deserializer<AudienceChange> values;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Duration session;
    private volatile boolean stopping;
    private AudienceWriter writer;
    private Courier courier;
    private Instant figuresAt = Instant.MIN;

    /**
     * Connects when it runs.
     *
     * @param serdes of the topics, not closed by this
     * @param figures where others see what happens
     */
    public Activation(
            AppConfig config,
            Platform platform,
            AudienceMap audiences,
            Transport transport,
            RecordSerdes serdes,
            InstantSource clock,
            ActivationFigures figures) {
        this.config = config;
        this.platform = platform;
        this.audiences = audiences;
        this.transport = transport;
        this.serdes = serdes;
        this.clock = clock;
        this.figures = figures;
        values = Topics.AUDIENCE_CHANGES.serde(serdes).deserializer();
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, config.kafka().applicationId() + "-activate-" + platform.label());
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, OneWriterAssignor.class.getName());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        settings.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) MOST_BETWEEN_POLLS.toMillis());
        session = Duration.ofMillis(
                Long.parseLong(settings.getOrDefault(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "45000")
                        .toString()));
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Works until {@link #stop}.
     *
     * @throws org.apache.kafka.common.KafkaException when the cluster is away for long, or another writer has taken over; the state is
     *     whole, and another run goes on from it
     * @throws InterruptedException when the thread is interrupted; the same holds
     */
    public void run() throws InterruptedException {
        try (consumer) {
            // A group waits for a cluster for ever, and in silence.
            if (consumer.partitionsFor(Topics.AUDIENCE_CHANGES.name()).isEmpty()) {
                throw new KafkaException("missing on the cluster: " + Topics.AUDIENCE_CHANGES.name()
                        + " (expected: created with touchpoint topics create)");
            }
            consumer.subscribe(List.of(Topics.AUDIENCE_CHANGES.name()), new Ownership());
            var comeBack = clock.instant();
            while (!stopping) {
                var records = consumer.poll(atMost(comeBack));
                var polled = clock.instant();
                comeBack = writer == null ? polled.plus(LONGEST_POLL) : work(records, polled);
            }
        } catch (WakeupException stopped) {
            // As asked.
        } finally {
            release();
        }
    }

    /** Ends {@link #run} after the step that it is at. From any thread. */
    public void stop() {
        stopping = true;
        consumer.wakeup();
    }

    private Duration atMost(Instant comeBack) {
        var wait = Duration.between(clock.instant(), comeBack);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_POLL) < 0 ? wait : LONGEST_POLL;
    }

    private Instant work(ConsumerRecords<String, byte[]> records, Instant polled) throws InterruptedException {
        if (!records.isEmpty()) {
            take(records);
        }
        // A process that stood still for long may have been replaced; the next poll tells.
        var comeBack = clock.instant().isBefore(polled.plus(session)) ? courier.step() : clock.instant();
        report();
        return comeBack;
    }

    private void take(ConsumerRecords<String, byte[]> records) {
        var changes = new ArrayList<ConsumerRecord<String, AudienceChange>>();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : records.partitions()) {
            for (var record : records.records(partition)) {
                if (record.key() != null && record.key().startsWith(platform.label() + "|")) {
                    changes.add(new ConsumerRecord<>(
                            record.topic(),
                            record.partition(),
                            record.offset(),
                            record.key(),
                            values.deserialize(record.topic(), record.value())));
                }
            }
            // Past the markers of transactions too.
            offsets.put(partition, new OffsetAndMetadata(consumer.position(partition)));
        }
        writer.take(changes, offsets, consumer.groupMetadata());
    }

    private void report() {
        var now = clock.instant();
        if (now.isBefore(figuresAt)) {
            return;
        }
        figuresAt = now.plus(FIGURES);
        var ledger = writer.ledger();
        var members = ledger.members();
        figures.stands(new ActivationFigures.Standing(
                ledger.queues().values().stream()
                        .mapToLong(queue -> queue.changes())
                        .sum(),
                members.size(),
                (int) members.values().stream()
                        .filter(count -> !ledger.isEffective(count))
                        .count(),
                members.values().stream().mapToLong(Long::longValue).sum(),
                courier.troubled()));
    }

    private void takeOver() {
        writer = AudienceWriter.open(config, platform, audiences, serdes, clock, figures);
        var activation = config.activation();
        var windows = activation
                .requestsPerMinute()
                .map(requests -> List.of(new RateLimit.Window(requests, Duration.ofMinutes(1))))
                .orElse(platform.windows());
        var rate = new RateLimit(windows);
        rate.takeOver(clock.instant());
        courier = new Courier(
                writer,
                transport,
                rate,
                new Backoff(activation.retryFirst(), activation.retryLongest(), RandomGenerator.getDefault()),
                activation.batchSize().orElse(platform.most()),
                activation.flushInterval(),
                clock,
                figures);
        if (courier.hasOpen()) {
            // The one before may have been in the middle of it, and its last request still be on its way.
            rate.pauseUntil(clock.instant().plus(activation.requestTimeout()));
        }
        figures.writes(true);
        log.info(
                "Writing the audiences of {}, {} of them with changes that wait",
                platform.label(),
                writer.ledger().queues().size());
    }

    private void release() {
        if (writer != null) {
            writer.close();
            writer = null;
            courier = null;
            figures.writes(false);
            log.info("No longer writing the audiences of {}", platform.label());
        }
    }

    private final class Ownership implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (writer == null && !partitions.isEmpty()) {
                takeOver();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                release();
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            release();
        }
    }
}

package io.touchpoint.queries;

import io.touchpoint.config.AppConfig;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the output topics of the pipeline, committed records only, in a thread of its own: the KPIs and alerts from the beginning; of decisions what
 * is new, but from the beginning too where they are counted. Every instance reads all, so each answers for all KPIs.
 */
final class OutputReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutputReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofSeconds(1);

    /** Of what was decided before the start this much is read, so that there is something to show. */
    private static final long TAIL = 2 * DecisionBoard.NEWEST;

    private static final long TAIL_OF_REJECTED = 2_000;

    private static final Set<String> WHOLE =
            Set.of(Topics.ROLLING_KPIS.name(), Topics.CALENDAR_KPIS.name(), Topics.ALERTS.name());

    /** Of these every record counts, and of those who were erased nothing may be shown that is read again. */
    private static final Set<String> WHOLE_WHERE_COUNTED =
            Set.of(Topics.SUPPRESSIONS.name(), Topics.ERASURE_RECEIPTS.name());

    private final Consumer<String, byte[]> consumer;
    private final Outputs outputs;
    private final Thread thread = new Thread(this::follow, "output-reader");
    private final Map<TopicPartition, Long> newFrom = new HashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final boolean onlyNew;
    private volatile RuntimeException failure;
    private volatile boolean closed;

    private OutputReader(Consumer<String, byte[]> consumer, Outputs outputs, boolean onlyNew) {
        this.consumer = consumer;
        this.outputs = outputs;
        this.onlyNew = onlyNew;
    }

    /**
     * Starts to follow.
     *
     * @param outputs that take in what is read
     * @param onlyNew whether the KPIs as they were at the start are left out too
     */
    static OutputReader start(AppConfig config, Outputs outputs, boolean onlyNew) {
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return start(
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()), outputs, onlyNew);
    }

    /** Starts to follow with a consumer, which is closed at the end. */
    static OutputReader start(Consumer<String, byte[]> consumer, Outputs outputs, boolean onlyNew) {
        var reader = new OutputReader(consumer, outputs, onlyNew);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    /** Whatever is wrong with the broker, the pipeline has its own say in; the dashboard waits and goes on. */
    private void follow() {
        try (consumer) {
            begin();
            while (!closed) {
                try {
                    for (var record : consumer.poll(POLL)) {
                        take(record);
                    }
                    outputs.forgetErased();
                    noteProgress();
                } catch (WakeupException ended) {
                    return;
                } catch (KafkaException failed) {
                    log.warn("The outputs cannot be read, and so the dashboard stands still: {}", failed.getMessage());
                    Thread.sleep(REST.toMillis());
                }
            }
        } catch (WakeupException ended) {
            // Nobody wants to know any more.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            failure = failed;
            caughtUp.countDown();
            log.error("The outputs are read no more, and so the dashboard stands still: {}", failed.getMessage());
        }
    }

    /** The consumer is past the records of a poll already, so each is tried until it is taken. */
    private void take(ConsumerRecord<String, byte[]> record) throws InterruptedException {
        boolean isNew = record.offset() >= newFrom.get(new TopicPartition(record.topic(), record.partition()));
        while (!closed) {
            try {
                outputs.take(record, isNew);
                return;
            } catch (RetriableException away) {
                log.warn("The outputs cannot be read, and so the dashboard stands still: {}", away.getMessage());
                Thread.sleep(REST.toMillis());
            }
        }
    }

    private void noteProgress() {
        if (caughtUp.getCount() > 0
                && newFrom.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            outputs.caughtUp();
            caughtUp.countDown();
        }
    }

    /**
     * Waits until everything is read that was there at the start.
     *
     * @return whether it is, false when the time was up
     * @throws RuntimeException why reading has ended, if it has
     */
    boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
        boolean done = caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (failure != null) {
            throw failure;
        }
        return done;
    }

    private void begin() {
        var whole = new HashSet<String>();
        if (!onlyNew) {
            whole.addAll(WHOLE);
        }
        if (outputs.count()) {
            whole.addAll(WHOLE_WHERE_COUNTED);
        }
        var partitions = outputs.topics().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        newFrom.putAll(consumer.endOffsets(partitions));
        var firsts = consumer.beginningOffsets(partitions);
        for (var partition : partitions) {
            if (whole.contains(partition.topic())) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                long from = newFrom.get(partition);
                consumer.seek(
                        partition, outputs.count() ? Math.max(firsts.get(partition), from - tail(partition)) : from);
            }
        }
    }

    private static long tail(TopicPartition partition) {
        return partition.topic().equals(Topics.REJECTED.name()) ? TAIL_OF_REJECTED : TAIL;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(REST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

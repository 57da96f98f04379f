package io.touchpoint.queries;

import io.touchpoint.config.AppConfig;
import io.touchpoint.queries.LiveEvent.Kind;
import io.touchpoint.records.KpiValue;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the output topics of the pipeline, committed records only, in a thread of its own: the KPIs and alerts from the beginning onto the board, and
 * what is new of everything to those who watch; the suppressions from the beginning too where they are counted. Every instance reads all, so each answers for all KPIs.
 */
final class OutputReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutputReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration REST = Duration.ofSeconds(1);

    /** Of what was decided before the start this much is read, so that there is something to show. */
    private static final long TAIL = 2 * DecisionBoard.NEWEST;

    private static final long TAIL_OF_REJECTED = 2_000;

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, Output<?>> outputs = new HashMap<>();
    private final KpiBoard board;
    private final LiveFeed feed;
    private final Optional<Boards> boards;
    private final Thread thread = new Thread(this::follow, "output-reader");
    private final Map<TopicPartition, Long> newFrom = new HashMap<>();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final boolean onlyNew;
    private volatile RuntimeException failure;
    private volatile boolean closed;

    /** What becomes of the records of a topic. */
    private interface Taker<T> {
        void take(String key, T value, Instant at, boolean isNew);
    }

    /** What is told beside the KPIs. */
    record Boards(DecisionBoard decisions, RejectedBoard rejected) {}

    private record Output<T extends SpecificRecord>(Topic<T> topic, Deserializer<T> values, Taker<T> taker) {
        void take(ConsumerRecord<String, byte[]> record, boolean isNew) {
            taker.take(
                    record.key(),
                    values.deserialize(record.topic(), record.value()),
                    Instant.ofEpochMilli(record.timestamp()),
                    isNew);
        }
    }

    private OutputReader(
            AppConfig config,
            RecordSerdes serdes,
            KpiBoard board,
            LiveFeed feed,
            Optional<Boards> boards,
            boolean onlyNew) {
        this.onlyNew = onlyNew;
        this.boards = boards;
        this.board = board;
        this.feed = feed;
        output(Topics.ROLLING_KPIS, serdes, (key, value, at, isNew) -> kpi(key, value, isNew, true));
        output(Topics.CALENDAR_KPIS, serdes, (key, value, at, isNew) -> kpi(key, value, isNew, false));
        output(Topics.SUPPRESSIONS, serdes, (key, value, at, isNew) -> {
            boards.ifPresent(each -> each.decisions().suppression(key, value, at, isNew));
            tell(Kind.SUPPRESSION, key, value, isNew);
        });
        output(Topics.CHURN_SIGNALS, serdes, (key, value, at, isNew) -> {
            boards.ifPresent(each -> each.decisions().signal(value, at));
            tell(Kind.CHURN, key, value, isNew);
        });
        boards.ifPresent(each -> output(Topics.REJECTED, serdes, (key, value, at, isNew) -> {
            if (value != null) {
                each.rejected().add(value, at);
            }
        }));
        output(Topics.ALERTS, serdes, (key, value, at, isNew) -> {
            board.alerts().told(key, value);
            tell(Kind.ALERT, key, value, isNew);
        });
        var settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Starts to follow.
     *
     * @param boards to be told about what was decided and refused; empty when nobody asks about that
     * @param onlyNew whether the KPIs as they were at the start are left out too
     */
    static OutputReader start(
            AppConfig config,
            RecordSerdes serdes,
            KpiBoard board,
            LiveFeed feed,
            Optional<Boards> boards,
            boolean onlyNew) {
        var reader = new OutputReader(config, serdes, board, feed, boards, onlyNew);
        reader.thread.setDaemon(true);
        reader.thread.start();
        return reader;
    }

    private <T extends SpecificRecord> void output(Topic<T> topic, RecordSerdes serdes, Taker<T> taker) {
        outputs.put(topic.name(), new Output<>(topic, topic.serde(serdes).deserializer(), taker));
    }

    private void kpi(String key, KpiValue value, boolean isNew, boolean overWindow) {
        if (overWindow) {
            board.rolling(key, value);
        } else {
            board.calendar(key, value);
        }
        tell(Kind.KPI, key, value, isNew);
    }

    private void tell(Kind kind, String key, SpecificRecord value, boolean isNew) {
        if (isNew && value != null) {
            feed.publish(kind, key, value);
        }
    }

    /** Whatever is wrong with the broker, the pipeline has its own say in; the dashboard waits and goes on. */
    private void follow() {
        try (consumer) {
            begin();
            while (!closed) {
                try {
                    consumer.poll(POLL).forEach(record -> {
                        var from = newFrom.get(new TopicPartition(record.topic(), record.partition()));
                        outputs.get(record.topic()).take(record, record.offset() >= from);
                    });
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

    private void noteProgress() {
        if (caughtUp.getCount() > 0
                && newFrom.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            boards.ifPresent(each -> each.decisions().caughtUp());
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
        var fromTheBeginning = List.of(Topics.ROLLING_KPIS.name(), Topics.CALENDAR_KPIS.name(), Topics.ALERTS.name());
        var partitions = outputs.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        newFrom.putAll(consumer.endOffsets(partitions));
        var firsts = consumer.beginningOffsets(partitions);
        for (var partition : partitions) {
            if (!onlyNew && fromTheBeginning.contains(partition.topic())
                    || boards.isPresent() && isCounted(partition)) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                long from = newFrom.get(partition);
                consumer.seek(
                        partition, boards.isPresent() ? Math.max(firsts.get(partition), from - tail(partition)) : from);
            }
        }
    }

    private static long tail(TopicPartition partition) {
        return partition.topic().equals(Topics.REJECTED.name()) ? TAIL_OF_REJECTED : TAIL;
    }

    private static boolean isCounted(TopicPartition partition) {
        return partition.topic().equals(Topics.SUPPRESSIONS.name());
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

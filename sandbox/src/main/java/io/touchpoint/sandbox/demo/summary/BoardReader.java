package io.touchpoint.sandbox.demo.summary;

import io.touchpoint.config.AppConfig;
import io.touchpoint.records.state.RunDone;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Adds up the output topics, from their start on, committed records only, in a thread of its own. It also
 * hears when the pipeline has come to the end of a run, and has then read all that was written up to there.
 */
public final class BoardReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Board board = new Board();
    private final Consumer<String, byte[]> consumer;
    private final Map<String, Route<?>> routes = new HashMap<>();
    private final List<TopicPartition> partitions;
    private final String run;
    private final int tasks;
    private final Set<Integer> done = new HashSet<>();
    /** Where the topics ended when the run was done; empty before. */
    private Map<TopicPartition, Long> ends = Map.of();

    private final AtomicLong records = new AtomicLong();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final CountDownLatch runRead = new CountDownLatch(1);
    private final Thread thread = new Thread(this::read, "demo-board");

    /** What becomes of the records of one topic. */
    private record Route<T extends SpecificRecord>(
            Topic<T> topic, Deserializer<T> values, BiConsumer<String, T> taker) {
        void take(ConsumerRecord<String, byte[]> record) {
            taker.accept(record.key(), values.deserialize(record.topic(), record.value()));
        }
    }

    /**
     * Starts to read.
     *
     * @param serdes of all topics, not closed by the reader
     * @param run whose end is waited for
     */
    public static BoardReader start(AppConfig config, RecordSerdes serdes, String run) {
        BoardReader reader = new BoardReader(config, serdes, run);
        reader.thread.start();
        return reader;
    }

    private BoardReader(AppConfig config, RecordSerdes serdes, String run) {
        this.run = run;
        this.tasks = config.topics().partitions();
        route(Topics.ROLLING_KPIS, serdes, board::kpi);
        route(Topics.SUPPRESSIONS, serdes, board::suppression);
        route(Topics.PROFILES, serdes, board::profile);
        route(Topics.CHURN_SIGNALS, serdes, board::signal);
        route(Topics.RUNS_DONE, serdes, (partition, word) -> hear(word));
        consumer = new KafkaConsumer<>(settings(config), new StringDeserializer(), new ByteArrayDeserializer());
        partitions = routes.keySet().stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
    }

    private <T extends SpecificRecord> void route(Topic<T> topic, RecordSerdes serdes, BiConsumer<String, T> taker) {
        routes.put(topic.name(), new Route<>(topic, topic.serde(serdes).deserializer(), taker));
    }

    private static Map<String, Object> settings(AppConfig config) {
        Map<String, Object> settings = new HashMap<>(config.kafka().consumer());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5000);
        return settings;
    }

    /**
     * Waits until the run is done and all its outputs are in the summary.
     *
     * @return whether they are, false when the time was up
     */
    public boolean awaitRun(Duration atMost) throws InterruptedException {
        return runRead.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the outputs say so far. */
    public Summary summary() {
        return board.summary();
    }

    /** How many records were read so far. */
    public long records() {
        return records.get();
    }

    /** Why reading has stopped, if it has. */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure.get());
    }

    private void read() {
        try (consumer) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                var batch = consumer.poll(POLL);
                batch.partitions().forEach(partition -> take(routes.get(partition.topic()), batch.records(partition)));
                records.addAndGet(batch.count());
                lookForTheEnd();
            }
        } catch (WakeupException closed) {
            // Nobody wants to know any more.
        } catch (RuntimeException failed) {
            failure.set(failed);
        } finally {
            routes.values().forEach(route -> route.values().close());
        }
    }

    private static void take(Route<?> route, List<ConsumerRecord<String, byte[]>> records) {
        boolean latest = route.topic().lifetime() == Lifetime.LATEST;
        (latest ? latest(records) : records).forEach(route::take);
    }

    /** While much is behind, a customer is in a batch many times; decoding the last one is enough. */
    private static Collection<ConsumerRecord<String, byte[]>> latest(List<ConsumerRecord<String, byte[]>> records) {
        Map<String, ConsumerRecord<String, byte[]>> latest = new LinkedHashMap<>();
        records.forEach(record -> latest.put(record.key(), record));
        return latest.values();
    }

    private void hear(RunDone word) {
        if (word.getRun().equals(run)) {
            done.add(word.getPartition());
        }
    }

    /** A task speaks last, in the same transaction as its values and after those of the customers were committed. */
    private void lookForTheEnd() {
        if (runRead.getCount() == 0 || done.size() < tasks) {
            return;
        }
        if (ends.isEmpty()) {
            ends = consumer.endOffsets(new ArrayList<>(partitions));
        }
        if (ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
            runRead.countDown();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.sandbox.traffic.LiveTraffic;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Sends events at a steady rate, and measures how long it takes from the moment a payment was due to be sent until a consumer of committed records has the suppression
 * that it causes. Counted from when it was due, so that a sender that falls behind does not make the pipeline look faster.
 */
final class LatencyProbe implements AutoCloseable {

    /** A pipeline that lags behind has not settled yet. */
    private static final long CAUGHT_UP_MILLIS = 1_000;

    private static final Duration LAST_ONES = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final long BREATH_NANOS = 500_000;

    /**
     * What was measured.
     *
     * @param eventsPerSecond sent
     * @param settledSeconds how long it was sent before anything counted
     * @param compilerShare of one core, what the compilers of the pipeline still took at the end of these
     * @param payments how many were followed
     * @param unseen those whose suppression did not come within 10 seconds of the end
     */
    record Result(
            double eventsPerSecond,
            double settledSeconds,
            double compilerShare,
            int payments,
            int unseen,
            double p50Millis,
            double p99Millis,
            double maxMillis) {}

    private final PipelineProcess pipeline;
    private final EventSupply supply;
    private final InstantSource clock;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<Suppression> suppressions;
    /** Payments whose suppression has not come yet: when they were due, epoch milliseconds, by event_id. */
    private final Map<String, Long> waiting = new ConcurrentHashMap<>();

    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean reading = true;
    private long[] millis = new long[1 << 12];
    private int seen;
    private volatile long newest = Long.MAX_VALUE;
    private volatile long countsFrom = Long.MAX_VALUE;

    LatencyProbe(
            PipelineProcess pipeline, AppConfig config, RecordSerdes serdes, EventSupply supply, InstantSource clock) {
        this.pipeline = pipeline;
        this.supply = supply;
        this.clock = clock;
        this.suppressions = Topics.SUPPRESSIONS.serde(serdes).deserializer();
        var settings = config.kafka().consumer();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Sends until the pipeline has settled and keeps up, for three minutes at most, and then for that long. */
    Result run(String run, double eventsPerSecond, Duration length) throws InterruptedException {
        var partitions = consumer.partitionsFor(Topics.SUPPRESSIONS.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        var reader = new Thread(this::read, "bench-suppressions");
        reader.start();
        try {
            var settling = new Settling(pipeline);
            var traffic = new LiveTraffic(supply.traffic(run), eventsPerSecond, clock);
            while (!settling.over(this::keepsUp)) {
                send(traffic);
            }
            double settled = settling.seconds();
            long sent = sendFor(traffic, length);
            awaitLastOnes();
            return result(sent / (double) length.toMillis() * 1000, settled, settling.compilerShare());
        } finally {
            reading = false;
            reader.join();
        }
    }

    private boolean keepsUp() {
        long oldest = clock.millis() - CAUGHT_UP_MILLIS;
        return newest < CAUGHT_UP_MILLIS && waiting.values().stream().noneMatch(due -> due < oldest);
    }

    private long sendFor(LiveTraffic traffic, Duration length) {
        long from = clock.millis();
        countsFrom = from;
        long sent = 0;
        while (clock.millis() - from < length.toMillis()) {
            sent += send(traffic);
        }
        supply.flush();
        return sent;
    }

    private int send(LiveTraffic traffic) {
        int sent = 0;
        for (var event : traffic.due()) {
            if (event.value() instanceof OrderEvent order && order.getStatus() == OrderStatus.PAID) {
                waiting.put(event.eventId(), event.occurredAt().toEpochMilli());
            }
            supply.send(event);
            sent++;
        }
        LockSupport.parkNanos(BREATH_NANOS);
        return sent;
    }

    private void read() {
        try {
            while (reading) {
                for (var record : consumer.poll(POLL)) {
                    long now = clock.millis();
                    var suppression = suppressions.deserialize(record.topic(), record.value());
                    if (suppression != null) {
                        suppression.getCause().getEventIds().forEach(id -> seen(id, now));
                    }
                }
            }
        } catch (RuntimeException failed) {
            failure.set(failed);
        }
    }

    private void seen(String eventId, long now) {
        var due = waiting.remove(eventId);
        if (due == null) {
            return;
        }
        newest = now - due;
        if (due >= countsFrom) {
            millis = seen == millis.length ? Arrays.copyOf(millis, 2 * seen) : millis;
            millis[seen++] = now - due;
        }
    }

    private void awaitLastOnes() throws InterruptedException {
        var deadline = clock.instant().plus(LAST_ONES);
        while (!waiting.isEmpty() && clock.instant().isBefore(deadline)) {
            if (failure.get() != null) {
                throw failure.get();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        reading = false;
    }

    private Result result(double eventsPerSecond, double settled, double compilerShare) {
        int unseen =
                (int) waiting.values().stream().filter(due -> due >= countsFrom).count();
        var sorted = Arrays.copyOf(millis, seen);
        Arrays.sort(sorted);
        return new Result(
                eventsPerSecond,
                settled,
                compilerShare,
                seen + unseen,
                unseen,
                at(sorted, 0.50),
                at(sorted, 0.99),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    @Override
    public void close() {
        consumer.close();
    }
}

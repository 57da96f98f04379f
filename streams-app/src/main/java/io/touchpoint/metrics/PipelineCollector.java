package io.touchpoint.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.touchpoint.runtime.BoundedRocksDb;
import io.touchpoint.runtime.Health;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Reads the pipeline's own metrics when Prometheus asks, and never in between. */
final class PipelineCollector implements MultiCollector {

    private static final String THREAD = "stream-thread-metrics";
    private static final String COORDINATOR = "consumer-coordinator-metrics";
    private static final String UPDATER = "stream-state-updater-metrics";
    private static final String REJECTED = "rejected-total";
    private static final double MILLIS = 1e3;
    private static final String TOTAL = "_total";

    private final Supplier<Health> health;
    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
    private final LongSupplier unreadable;

    PipelineCollector(
            Supplier<Health> health, Supplier<Map<MetricName, ? extends Metric>> metrics, LongSupplier unreadable) {
        this.health = health;
        this.metrics = metrics;
        this.unreadable = unreadable;
    }

    @Override
    public MetricSnapshots collect() {
        var now = health.get();
        var readings = new StreamsReadings(metrics.get());
        var snapshots = new ArrayList<MetricSnapshot>();
        for (var metric : PipelineMetric.values()) {
            var snapshot = read(metric, now, readings);
            if (snapshot != null) {
                snapshots.add(snapshot);
            }
        }
        return new MetricSnapshots(snapshots);
    }

    private MetricSnapshot read(PipelineMetric metric, Health health, StreamsReadings readings) {
        return switch (metric) {
            case LIVE -> gauge(metric, health.live() ? 1 : 0);
            case READY -> gauge(metric, health.ready() ? 1 : 0);
            case THREADS -> gauge(metric, health.threads());
            case POLL_AGE -> gauge(metric, health.idleSeconds());
            case RECORDS -> counter(metric, outcomes(readings));
            case REJECTED -> counter(metric, readings.own(REJECTED, "reason"));
            case FOLD_TIME -> histogram(metric, readings, "fold-seconds");
            case DELAY -> histogram(metric, readings, "delay-seconds");
            case SUPPRESSIONS -> counter(metric, readings.own("suppressions-total", "state"));
            case CHURN_SIGNALS -> counter(metric, readings.own("churn-signals-total", "level"));
            case ADDRESSES_DROPPED -> counter(metric, readings.own("addresses-dropped-total", "platform"));
            case CAPPED -> counter(metric, readings.own("customers-capped-total"));
            case TIMERS_FIRED -> counter(metric, readings.own("timers-fired-total"));
            case TIMER_LATENESS -> histogram(metric, readings, "timer-lateness-seconds");
            case EARLY_FLUSHES -> counter(metric, readings.own("early-flushes-total"));
            case STATE_READS -> counter(metric, readings.own("state-gets-total"));
            case STATE_WRITES -> counter(metric, readings.own("state-puts-total"));
            case LAG -> gauge(metric, readings.lagByTopic());
            case OUTPUTS_UNREADABLE -> counter(metric, unreadable.getAsLong());
            case COMMITS -> counter(metric, readings.combined(THREAD, "commit-total", Double::sum));
            case COMMIT_AVERAGE -> gauge(metric, readings.combined(THREAD, "commit-latency-avg", Math::max) / MILLIS);
            case COMMIT_MAX -> gauge(metric, readings.combined(THREAD, "commit-latency-max", Math::max) / MILLIS);
            case RESTORING -> gauge(metric, readings.combined(UPDATER, "active-restoring-tasks", Double::sum));
            case RESTORE_REMAINING ->
                gauge(metric, readings.combined("stream-task-metrics", "restore-remaining-records-total", Double::sum));
            case RESTORE_RATE -> gauge(metric, readings.combined(UPDATER, "restore-records-rate", Double::sum));
            case REBALANCES -> counter(metric, readings.combined(COORDINATOR, "rebalance-total", Double::sum));
            case REBALANCES_FAILED ->
                counter(metric, readings.combined(COORDINATOR, "failed-rebalance-total", Double::sum));
            case ROCKSDB_MEMORY -> gauge(metric, BoundedRocksDb.usedBytes());
            case ROCKSDB_LIMIT -> gauge(metric, BoundedRocksDb.limitBytes());
            // Those of the process are Micrometer's.
            case JVM_MEMORY, JVM_MEMORY_MAX, GC_PAUSE, GC_PAUSE_MAX, JVM_THREADS, CPU, CPUS, UPTIME, FILES, FILES_MAX ->
                null;
        };
    }

    private static SortedMap<String, Double> outcomes(StreamsReadings readings) {
        return new TreeMap<>(Map.of(
                "folded", readings.own("folded-total"),
                "duplicate", readings.own("duplicates-total"),
                "rejected", readings.own(REJECTED)));
    }

    private static MetricSnapshot gauge(PipelineMetric metric, double value) {
        return gauge(metric)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot gauge(PipelineMetric metric, SortedMap<String, Double> byLabel) {
        var gauge = gauge(metric);
        byLabel.forEach((label, value) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(metric, label))
                .value(value)
                .build()));
        return gauge.build();
    }

    private static GaugeSnapshot.Builder gauge(PipelineMetric metric) {
        return GaugeSnapshot.builder().name(metric.metricName()).help(metric.help());
    }

    private static MetricSnapshot counter(PipelineMetric metric, double value) {
        return counter(metric)
                .dataPoint(CounterDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static MetricSnapshot counter(PipelineMetric metric, SortedMap<String, Double> byLabel) {
        var counter = counter(metric);
        byLabel.forEach((label, value) -> counter.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(metric, label))
                .value(value)
                .build()));
        return counter.build();
    }

    private static CounterSnapshot.Builder counter(PipelineMetric metric) {
        var name = metric.metricName();
        return CounterSnapshot.builder()
                .name(name.substring(0, name.length() - TOTAL.length()))
                .help(metric.help());
    }

    private static Labels labels(PipelineMetric metric, String value) {
        return Labels.of(metric.labels().get(0), value);
    }

    private static MetricSnapshot histogram(PipelineMetric metric, StreamsReadings readings, String name) {
        var buckets = readings.buckets(name);
        buckets.putIfAbsent(Double.POSITIVE_INFINITY, 0L);
        var all = ClassicHistogramBuckets.builder();
        buckets.forEach(all::bucket);
        return HistogramSnapshot.builder()
                .name(metric.metricName())
                .help(metric.help())
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(all.build())
                        .sum(readings.own(name + "-sum"))
                        .build())
                .build();
    }
}

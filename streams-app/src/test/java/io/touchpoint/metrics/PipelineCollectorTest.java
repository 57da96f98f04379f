package io.touchpoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.touchpoint.runtime.Health;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class PipelineCollectorTest {

    private static final String OWN = "stream-touchpoint-metrics";
    private static final String FETCH = "consumer-fetch-manager-metrics";

    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final PipelineCollector collector =
            new PipelineCollector(() -> new Health(true, false, "rebalancing", 2, 3, null), () -> metrics, () -> 7);

    private record Told(MetricName metricName, Object metricValue) implements Metric {}

    @Test
    void shouldAddUpTheTasks() {
        tell(OWN, "rejected-total", 3, Map.of("task-id", "0_0", "reason", "INVALID"));
        tell(OWN, "rejected-total", 4, Map.of("task-id", "0_1", "reason", "INVALID"));
        tell(OWN, "rejected-total", 1, Map.of("task-id", "0_1", "reason", "TOO_LATE"));

        var rejected = (CounterSnapshot) collected("touchpoint_rejected");

        assertThat(rejected.getDataPoints()).hasSize(2);
        assertThat(rejected.getDataPoints().get(0).getLabels().get("reason")).isEqualTo("INVALID");
        assertThat(rejected.getDataPoints().get(0).getValue()).isEqualTo(7);
        var records = (CounterSnapshot) collected("touchpoint_records");
        assertThat(records.getDataPoints())
                .filteredOn(point -> "rejected".equals(point.getLabels().get("outcome")))
                .singleElement()
                .satisfies(point -> assertThat(point.getValue()).isEqualTo(8));
    }

    @Test
    void shouldAddUpBucketsOfTheTasksInTheOrderOfTheirBounds() {
        for (var task : new String[] {"0_0", "0_1"}) {
            tell(OWN, "delay-seconds-bucket", 2, Map.of("task-id", task, "le", "0.5"));
            tell(OWN, "delay-seconds-bucket", 1, Map.of("task-id", task, "le", "10.0"));
            tell(OWN, "delay-seconds-sum", 9, Map.of("task-id", task));
        }

        var delay = ((HistogramSnapshot) collected("touchpoint_delay_seconds"))
                .getDataPoints()
                .get(0);

        assertThat(delay.getSum()).isEqualTo(18);
        assertThat(delay.getCount()).isEqualTo(6);
        var buckets = delay.getClassicBuckets();
        assertThat(buckets.size()).isEqualTo(3);
        assertThat(buckets.getUpperBound(0)).isEqualTo(0.5);
        assertThat(buckets.getCount(0)).isEqualTo(4);
        assertThat(buckets.getUpperBound(1)).isEqualTo(10);
        assertThat(buckets.getUpperBound(2)).isInfinite();
        assertThat(buckets.getCount(2)).isZero();
    }

    @Test
    void shouldCountEachPartitionThatLagsOnceAndNotThoseThatAreReadBack() {
        lag("touchpoint.orders.v1", "0", "t1-consumer", 5);
        lag("touchpoint_orders_v1", "0", "t1-consumer", 5);
        lag("touchpoint.orders.v1", "1", "t2-consumer", 2);
        lag("touchpoint.orders.v1", "2", "t2-consumer", Double.NaN);
        lag("touchpoint.orders.v1", "3", "t2-restore-consumer", 900);

        var lag = (GaugeSnapshot) collected("touchpoint_lag_records");

        assertThat(lag.getDataPoints()).singleElement().satisfies(point -> {
            assertThat(point.getLabels().get("topic")).isEqualTo("touchpoint.orders.v1");
            assertThat(point.getValue()).isEqualTo(7);
        });
    }

    @Test
    void shouldTakeTheSlowestThreadInSeconds() {
        tell("stream-thread-metrics", "commit-latency-max", 20.0, Map.of("thread-id", "a"));
        tell("stream-thread-metrics", "commit-latency-max", 80.0, Map.of("thread-id", "b"));
        tell("stream-thread-metrics", "commit-latency-max", Double.NaN, Map.of("thread-id", "c"));

        assertThat(value("touchpoint_commit_latency_max_seconds")).isEqualTo(0.08);
        assertThat(((CounterSnapshot) collected("touchpoint_outputs_unreadable"))
                        .getDataPoints()
                        .get(0)
                        .getValue())
                .isEqualTo(7);
        assertThat(value("touchpoint_live")).isEqualTo(1);
        assertThat(value("touchpoint_ready")).isZero();
        assertThat(value("touchpoint_poll_age_seconds")).isEqualTo(3);
    }

    private void lag(String topic, String partition, String client, double records) {
        tell(FETCH, "records-lag", records, Map.of("topic", topic, "partition", partition, "client-id", client));
    }

    private void tell(String group, String name, double value, Map<String, String> tags) {
        var metric = new MetricName(name, group, "", tags);
        metrics.put(metric, new Told(metric, value));
    }

    private double value(String name) {
        return ((GaugeSnapshot) collected(name)).getDataPoints().get(0).getValue();
    }

    private MetricSnapshot collected(String name) {
        return collector.collect().stream()
                .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
                .findAny()
                .orElseThrow();
    }
}

package io.touchpoint.topology;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.intake.Refusal;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** What a fold task tells about itself, among the metrics of Kafka Streams, in the group {@value #GROUP}. */
final class FoldMetrics {

    static final String GROUP = "stream-touchpoint-metrics";

    private final StreamsMetrics metrics;
    private final String task;
    private final Sensor gets;
    private final Sensor puts;
    private final Sensor fired;
    private final Map<Refusal.Reason, Sensor> rejected = new EnumMap<>(Refusal.Reason.class);
    private final Map<Platform, Sensor> dropped = new EnumMap<>(Platform.class);

    private FoldMetrics(StreamsMetrics metrics, String task) {
        this.metrics = metrics;
        this.task = task;
        gets = total("state-gets-total", "Reads of customer states from the store");
        puts = total("state-puts-total", "Writes of customer states to the store");
        fired = total("timers-fired-total", "Deadlines that came due while their customer was silent");
        for (var reason : Refusal.Reason.values()) {
            var name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
            rejected.put(reason, total("rejected-" + name + "-total", "Records refused as " + reason));
        }
        for (var platform : Platform.values()) {
            var name = "addresses-dropped-" + platform.id() + "-total";
            dropped.put(platform, total(name, "Addresses of contacts that are of no use on " + platform.id()));
        }
    }

    static FoldMetrics of(ProcessorContext<?, ?> context) {
        return new FoldMetrics(context.metrics(), context.taskId().toString());
    }

    private Sensor total(String name, String doc) {
        var sensor = metrics.addSensor("touchpoint." + task + "." + name, Sensor.RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, doc, Map.of("task-id", task)), new CumulativeSum());
        return sensor;
    }

    void store(long reads, long writes) {
        gets.record(reads);
        puts.record(writes);
    }

    void fired(int count) {
        fired.record(count);
    }

    void dropped(Platform platform, int addresses) {
        dropped.get(platform).record(addresses);
    }

    void rejected(Refusal.Reason reason) {
        rejected.get(reason).record();
    }
}

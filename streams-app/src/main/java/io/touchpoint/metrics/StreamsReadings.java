package io.touchpoint.metrics;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The metrics of Kafka Streams as they are at one moment, added up over tasks, threads and clients, of which there are too many to be series of their own. */
final class StreamsReadings {

    /** What the tasks of the pipeline tell, see {@code FoldMetrics}. */
    private static final String OWN = "stream-touchpoint-metrics";

    private static final String BUCKET = "-bucket";
    private static final String BOUND = "le";
    private static final String CONSUMER = "consumer-fetch-manager-metrics";

    private final Map<String, List<Map.Entry<MetricName, ? extends Metric>>> byName;

    StreamsReadings(Map<MetricName, ? extends Metric> metrics) {
        byName = metrics.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().group() + '/' + entry.getKey().name()));
    }

    /** {@return the sum of the tasks' own counts of this name} */
    double own(String name) {
        return combined(OWN, name, Double::sum);
    }

    /** {@return the sums of the tasks' own counts of this name, by a tag} */
    SortedMap<String, Double> own(String name, String tag) {
        return by(OWN, name, tag);
    }

    /** {@return counts of a distribution of the tasks, each by its upper bound, not cumulative} */
    SortedMap<Double, Long> buckets(String name) {
        var buckets = new TreeMap<Double, Long>(Comparator.naturalOrder());
        by(OWN, name + BUCKET, BOUND)
                .forEach((bound, count) -> buckets.put(Double.parseDouble(bound), Math.round(count)));
        return buckets;
    }

    /** {@return all values of this metric together; 0 when there are none} */
    double combined(String group, String name, DoubleBinaryOperator how) {
        return byName.getOrDefault(group + '/' + name, List.of()).stream()
                .mapToDouble(entry -> number(entry.getValue()))
                .filter(Double::isFinite)
                .reduce(how)
                .orElse(0);
    }

    /**
     * {@return records that wait, by topic} Kafka has each partition twice while it changes how it writes topics: once as they are called, once with
     * underscores for dots.
     */
    SortedMap<String, Double> lagByTopic() {
        var waiting = new HashMap<List<String>, Double>();
        var names = new HashMap<String, String>();
        for (var entry : byName.getOrDefault(CONSUMER + "/records-lag", List.of())) {
            var tags = entry.getKey().tags();
            double lag = number(entry.getValue());
            if (Double.isFinite(lag) && !tags.get("client-id").endsWith("restore-consumer")) {
                var plain = tags.get("topic").replace('.', '_');
                waiting.put(List.of(plain, tags.get("partition")), lag);
                names.merge(plain, tags.get("topic"), (known, next) -> known.contains(".") ? known : next);
            }
        }
        var byTopic = new TreeMap<String, Double>();
        waiting.forEach((partition, lag) -> byTopic.merge(names.get(partition.get(0)), lag, Double::sum));
        return byTopic;
    }

    private SortedMap<String, Double> by(String group, String name, String tag) {
        var sums = new TreeMap<String, Double>();
        byName.getOrDefault(group + '/' + name, List.of())
                .forEach(entry -> sums.merge(entry.getKey().tags().get(tag), number(entry.getValue()), Double::sum));
        return sums;
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}

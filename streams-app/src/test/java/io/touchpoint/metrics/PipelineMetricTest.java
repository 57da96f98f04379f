package io.touchpoint.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.docs.GeneratedPage;
import io.touchpoint.metrics.PipelineMetric.Kind;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PipelineMetricTest {

    @Test
    void shouldBeOnThePage() {
        GeneratedPage.assertUpToDate("operations-metrics.md", page());
    }

    @Test
    void shouldBeCalledAsPrometheusWants() {
        for (var metric : PipelineMetric.values()) {
            assertThat(metric.metricName()).matches("(touchpoint|jvm|process|system)_[a-z_]+[a-z]");
            assertThat(metric.metricName().endsWith("_total"))
                    .as(metric.metricName())
                    .isEqualTo(metric.kind() == Kind.COUNTER);
            assertThat(metric.metricName()).doesNotContain("_ms", "_millis", "_kb", "_percent");
            assertThat(metric.help()).isNotBlank();
        }
    }

    private static String page() {
        var page = new StringBuilder("""
                <!-- Generated from the declarations in io.touchpoint.metrics.PipelineMetric; do not edit. -->
                # Metrics for operators

                What `/metrics` of a running pipeline tells Prometheus: these and no others, below 300 series whatever the number of tasks, since
                those are added up. Times are in seconds, sizes in bytes; what ends in `_total` only grows, from 0 with each start of the
                process. Histograms have `_bucket`, `_sum` and `_count`. The KPIs of the business are [elsewhere](metrics.md).

                Counts of a task are told with its commits; what a crash takes back may have been told, and is counted again.

                [`deploy/prometheus`](../deploy/prometheus) has a scrape configuration and alert rules, [`deploy/grafana`](../deploy/grafana) a dashboard;
                what to do about an alert is in the [runbook](runbook.md).

                | metric | kind | labels | what |
                | --- | --- | --- | --- |
                """);
        for (var metric : PipelineMetric.values()) {
            page.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            metric.metricName(),
                            metric.kind().name().toLowerCase(Locale.ROOT),
                            String.join(", ", metric.labels()),
                            metric.help()));
        }
        return page.toString();
    }
}

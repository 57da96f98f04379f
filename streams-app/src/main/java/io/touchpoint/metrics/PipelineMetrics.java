package io.touchpoint.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.touchpoint.runtime.Health;
import io.touchpoint.runtime.Pipeline;
import java.util.Set;
import java.util.function.LongSupplier;

/** The metrics of the pipeline and its process in the text format of Prometheus: those of {@link PipelineMetric}, no others. */
public final class PipelineMetrics implements AutoCloseable {

    private static final Set<String> OF_THE_PROCESS = Set.of(
            "jvm.memory.used",
            "jvm.memory.max",
            "jvm.gc.pause",
            "jvm.threads.live",
            "process.cpu.usage",
            "system.cpu.count",
            "process.uptime",
            "process.files.open",
            "process.files.max");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /**
     * Starts to watch the pipeline.
     *
     * @param unreadable how many records of output topics could not be read since the start
     */
    public PipelineMetrics(Pipeline pipeline, LongSupplier unreadable) {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return OF_THE_PROCESS.contains(id.getName()) ? MeterFilterReply.ACCEPT : MeterFilterReply.DENY;
            }
        });
        registry.getPrometheusRegistry()
                .register(new PipelineCollector(
                        () -> Health.of(pipeline), () -> pipeline.streams().metrics(), unreadable));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** {@return all metrics, as Prometheus reads them} */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}

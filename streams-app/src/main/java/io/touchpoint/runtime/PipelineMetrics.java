package io.touchpoint.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;

/** The metrics of the pipeline in the text format of Prometheus: a chosen few of the more than a thousand that Kafka Streams has. */
public final class PipelineMetrics implements AutoCloseable {

    private static final Set<String> CHOSEN = Set.of(
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.process.latency.avg",
            "kafka.stream.thread.commit.latency.max",
            "kafka.stream.thread.commit.latency.avg",
            "kafka.stream.task.record.lateness.max",
            "kafka.stream.state.restore.remaining.records.total",
            "kafka.stream.client.state",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final KafkaStreamsMetrics streams;
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Starts to watch the pipeline. */
    public PipelineMetrics(Pipeline pipeline) {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return chosen(id.getName()) ? MeterFilterReply.ACCEPT : MeterFilterReply.DENY;
            }
        });
        Gauge.builder("touchpoint.live", pipeline, p -> Health.of(p).live() ? 1 : 0)
                .description("1 while the pipeline makes progress")
                .register(registry);
        Gauge.builder("touchpoint.rocksdb.bytes", BoundedRocksDb::usedBytes)
                .description("Memory of all stores of the process")
                .baseUnit("bytes")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        streams = new KafkaStreamsMetrics(pipeline.streams());
        streams.bindTo(registry);
    }

    private static boolean chosen(String name) {
        return name.startsWith("touchpoint.")
                || name.startsWith("kafka.stream.touchpoint.")
                || name.equals("jvm.memory.used")
                || name.equals("jvm.memory.max")
                || name.startsWith("jvm.gc.pause")
                || CHOSEN.contains(name);
    }

    /** {@return all chosen metrics, as Prometheus reads them} */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        streams.close();
        collections.close();
        registry.close();
    }
}

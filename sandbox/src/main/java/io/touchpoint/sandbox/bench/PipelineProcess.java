package io.touchpoint.sandbox.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.sandbox.bench.PipelineFigures.Sent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** The pipeline in a process of its own, with the JVM flags of this one, so that its processor time and memory are its own. */
final class PipelineProcess implements AutoCloseable {

    /** Given only where the pipeline is to be asked, so that nothing else is measured where it is not. */
    private static final String HTTP_PORT = "http.port";

    private static final String FIGURES = "figures";
    private static final String OWN_METRICS = "stream-touchpoint-metrics";
    private static final String TOPIC_METRICS = "producer-topic-metrics";
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChildJvm jvm;

    private PipelineProcess(ChildJvm jvm) {
        this.jvm = jvm;
    }

    /** Starts the pipeline with these settings; it may not run yet when this returns. */
    static PipelineProcess start(Map<String, String> settings) {
        var arguments = new ArrayList<String>();
        settings.forEach((key, value) -> arguments.add(key + "=" + value));
        return new PipelineProcess(ChildJvm.start(PipelineProcess.class, flags(), arguments));
    }

    /** {@return what the pipeline has done so far} */
    PipelineFigures figures() {
        try {
            return JSON.readValue(jvm.ask(FIGURES), PipelineFigures.class);
        } catch (JsonProcessingException garbled) {
            throw new IllegalStateException("the pipeline's process gave an answer that is none", garbled);
        }
    }

    boolean runs() {
        return jvm.runs();
    }

    /** {@return processor time so far} */
    Duration cpu() {
        return jvm.cpu();
    }

    /** {@return processor time of the just-in-time compilers so far} */
    Duration compilerCpu() {
        return jvm.compilerCpu();
    }

    /** {@return the most memory it ever had resident, in bytes; 0 where the system does not tell} */
    long peakResidentBytes() {
        var status = Path.of("/proc", Long.toString(jvm.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** Runs the pipeline with settings {@code key=value} until the standard input ends, or the pipeline does. */
    public static void main(String[] arguments) throws IOException {
        var settings = new HashMap<String, String>();
        for (var argument : arguments) {
            var parts = argument.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        var config = AppConfig.read(Optional.empty(), Map.of(), settings);
        try (var serdes = config.serde().open();
                var pipeline = Pipeline.start(config, PolicyFile.shipped(), serdes, InstantSource.system());
                var asked = settings.containsKey(HTTP_PORT)
                        ? OperationsServer.start(config, PolicyFile.shipped(), serdes, pipeline)
                        : null;
                var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var heap = new HeapPeak();
            watch(pipeline, heap);
            while (commands.readLine() != null) {
                ChildJvm.reply(JSON.writeValueAsString(figures(pipeline, heap.bytes())));
            }
        }
        System.exit(0);
    }

    /** A pipeline that stops by itself ends the process, and so whoever waits for its answers. */
    private static void watch(Pipeline pipeline, HeapPeak heap) {
        var watch = new Thread(
                () -> {
                    while (pipeline.failure().isEmpty()) {
                        heap.look();
                        LockSupport.parkNanos(LOOK_EVERY.toNanos());
                    }
                    Runtime.getRuntime().halt(1);
                },
                "pipeline-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** The most heap that was in use when it was looked at. */
    private static final class HeapPeak {
        private volatile long bytes;

        void look() {
            bytes = Math.max(
                    bytes,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }

        long bytes() {
            return bytes;
        }
    }

    private static PipelineFigures figures(Pipeline pipeline, long heapPeakBytes) {
        var metrics = pipeline.streams().metrics();
        var sent = new TreeMap<String, Sent>();
        metrics.forEach((name, metric) -> {
            if (name.group().equals(TOPIC_METRICS) && name.name().equals("record-send-total")) {
                sent.merge(name.tags().get("topic"), new Sent(whole(metric), 0), PipelineProcess::add);
            } else if (name.group().equals(TOPIC_METRICS) && name.name().equals("byte-total")) {
                sent.merge(name.tags().get("topic"), new Sent(0, whole(metric)), PipelineProcess::add);
            }
        });
        return new PipelineFigures(
                own(metrics, "state-gets-total"), own(metrics, "state-puts-total"), heapPeakBytes, sent);
    }

    private static Sent add(Sent one, Sent other) {
        return new Sent(one.records() + other.records(), one.bytes() + other.bytes());
    }

    private static long own(Map<MetricName, ? extends Metric> metrics, String name) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(OWN_METRICS)
                        && entry.getKey().name().equals(name))
                .mapToLong(entry -> whole(entry.getValue()))
                .sum();
    }

    private static long whole(Metric metric) {
        return ((Number) metric.metricValue()).longValue();
    }

    /** {@return the JVM flags that the process is started with} */
    static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }
}

package io.touchpoint.sandbox.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What the benchmark found. A figure that was measured several times is a {@link Spread}.
 *
 * @param ratio median of pipeline over byte copy, pair by pair
 */
public record BenchReport(
        double ratio,
        @JsonProperty("ratio_spread") Spread ratioSpread,
        Machine machine,
        Setup setup,
        @JsonProperty("byte_copy") Copy byteCopy,
        Fold pipeline,
        Latency latency) {

    /** Where it was measured, and when (ISO-8601, UTC). */
    public record Machine(
            int processors,
            @JsonProperty("memory_bytes") long memoryBytes,
            String os,
            String java,
            @JsonProperty("jvm_flags") String jvmFlags,
            String at) {}

    /** What was measured. */
    public record Setup(
            int events,
            @JsonProperty("warm_up_events") int warmUpEvents,
            int customers,
            String span,
            int repeat,
            int threads,
            @JsonProperty("commit_interval_ms") long commitIntervalMillis,
            Map<String, String> settings) {}

    /** The transactional byte copy of the same records. */
    public record Copy(
            @JsonProperty("events_per_second") Spread eventsPerSecond,
            @JsonProperty("cpu_micros_per_event") Spread cpuMicrosPerEvent,
            @JsonProperty("broker_cpu_micros_per_event") Spread brokerCpuMicrosPerEvent) {}

    /** The whole pipeline, exactly once. */
    public record Fold(
            @JsonProperty("events_per_second") Spread eventsPerSecond,
            @JsonProperty("cpu_micros_per_event") Spread cpuMicrosPerEvent,
            @JsonProperty("compiler_cpu_micros_per_event") Spread compilerCpuMicrosPerEvent,
            @JsonProperty("broker_cpu_micros_per_event") Spread brokerCpuMicrosPerEvent,
            @JsonProperty("state_bytes_per_event") Spread stateBytesPerEvent,
            @JsonProperty("changelog_bytes_per_event") Spread changelogBytesPerEvent,
            @JsonProperty("state_gets_per_event") Spread stateGetsPerEvent,
            @JsonProperty("state_puts_per_event") Spread statePutsPerEvent,
            @JsonProperty("peak_rss_bytes") Spread peakRssBytes,
            @JsonProperty("peak_heap_bytes") Spread peakHeapBytes,
            @JsonProperty("written_per_event") Map<String, Written> writtenPerEvent) {}

    /** Records and bytes written to one topic for each event folded; medians. */
    public record Written(double records, double bytes) {}

    /** From publishing a payment to a committed suppression; null where it was not measured. */
    public record Latency(
            @JsonProperty("load_events_per_second") Spread loadEventsPerSecond,
            @JsonProperty("p50_ms") Spread p50Millis,
            @JsonProperty("p99_ms") Spread p99Millis,
            @JsonProperty("max_ms") Spread maxMillis,
            int payments,
            int unseen) {}
}

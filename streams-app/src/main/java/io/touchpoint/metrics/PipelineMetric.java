package io.touchpoint.metrics;

import java.util.List;

/** What a pipeline tells Prometheus: every metric, declared once; the collector, the page and the tests of dashboard and rules read it here. */
public enum PipelineMetric {
    LIVE(Kind.GAUGE, "touchpoint_live", "1 while the pipeline makes progress; when 0, only a restart helps"),
    READY(Kind.GAUGE, "touchpoint_ready", "1 while all tasks of this instance run"),
    THREADS(Kind.GAUGE, "touchpoint_threads", "Processing threads that are alive"),
    POLL_AGE(
            Kind.GAUGE,
            "touchpoint_poll_age_seconds",
            "Since the thread that waits longest asked the broker for more; stuck from 120"),
    RECORDS(
            Kind.COUNTER,
            "touchpoint_records_total",
            "Records read, by what became of them: folded, duplicate, rejected",
            "outcome"),
    REJECTED(Kind.COUNTER, "touchpoint_rejected_total", "Records refused, by reason", "reason"),
    FOLD_TIME(
            Kind.HISTOGRAM,
            "touchpoint_fold_seconds",
            "Time to fold one record, with its reads and without the commit; one record of 64 is timed"),
    DELAY(
            Kind.HISTOGRAM,
            "touchpoint_delay_seconds",
            "From when an event occurred, which is when it is published by a producer that does not wait, to its decision, while caught up; "
                    + "consumers of committed records see it one commit later"),
    SUPPRESSIONS(
            Kind.COUNTER,
            "touchpoint_suppressions_total",
            "Suppressions decided, by the state they went to: active (also once more, with other reasons or another end), lifted",
            "state"),
    CHURN_SIGNALS(Kind.COUNTER, "touchpoint_churn_signals_total", "Changes of churn level, by the new level", "level"),
    ADDRESSES_DROPPED(
            Kind.COUNTER,
            "touchpoint_addresses_dropped_total",
            "Addresses of contacts that an ad platform cannot take, by platform",
            "platform"),
    CAPPED(
            Kind.COUNTER,
            "touchpoint_customers_capped_total",
            "Customers that reached a cap of what is kept of them: what goes beyond it is TOO_LATE"),
    TIMERS_FIRED(
            Kind.COUNTER, "touchpoint_timers_fired_total", "Deadlines that came due while their customer was silent"),
    TIMER_LATENESS(
            Kind.HISTOGRAM,
            "touchpoint_timer_lateness_seconds",
            "How long after its deadline a silent customer's timer fired, while caught up"),
    EARLY_FLUSHES(
            Kind.COUNTER,
            "touchpoint_partial_flushes_total",
            "Times that customers were written before the commit, as too many had changed"),
    STATE_READS(Kind.COUNTER, "touchpoint_state_reads_total", "Reads of customer states from the store"),
    STATE_WRITES(Kind.COUNTER, "touchpoint_state_writes_total", "Writes of customer states to the store"),
    LAG(
            Kind.GAUGE,
            "touchpoint_lag_records",
            "Records of a topic that this instance has still to read, as the consumers last heard",
            "topic"),
    OUTPUTS_UNREADABLE(
            Kind.COUNTER,
            "touchpoint_outputs_unreadable_total",
            "Records of output topics that dashboard and queries left out, as they could not be read"),
    COMMITS(Kind.COUNTER, "touchpoint_commits_total", "Commits of the processing threads"),
    COMMIT_AVERAGE(
            Kind.GAUGE,
            "touchpoint_commit_latency_average_seconds",
            "Time of a commit, mean of the last minute, of the slowest thread"),
    COMMIT_MAX(
            Kind.GAUGE,
            "touchpoint_commit_latency_max_seconds",
            "Time of a commit, greatest of the last minute, of the slowest thread"),
    RESTORING(Kind.GAUGE, "touchpoint_restoring_tasks", "Tasks whose state is being rebuilt from its changelog"),
    RESTORE_REMAINING(
            Kind.GAUGE, "touchpoint_restore_remaining_records", "Records of changelogs that are still to be read back"),
    RESTORE_RATE(Kind.GAUGE, "touchpoint_restore_records_per_second", "Records of changelogs read back a second"),
    REBALANCES(Kind.COUNTER, "touchpoint_rebalances_total", "Times that the tasks were shared out anew"),
    REBALANCES_FAILED(Kind.COUNTER, "touchpoint_rebalances_failed_total", "Rebalances that failed"),
    ROCKSDB_MEMORY(
            Kind.GAUGE,
            "touchpoint_rocksdb_memory_bytes",
            "Memory of all stores: blocks, indexes, filters and write buffers"),
    ROCKSDB_LIMIT(
            Kind.GAUGE,
            "touchpoint_rocksdb_memory_limit_bytes",
            "What it may be, `streams.rocksdb-memory`; 0 before the first store is open"),
    JVM_MEMORY(Kind.GAUGE, "jvm_memory_used_bytes", "Memory of the JVM in use", "area", "id"),
    JVM_MEMORY_MAX(Kind.GAUGE, "jvm_memory_max_bytes", "What it may be; -1 without a limit", "area", "id"),
    GC_PAUSE(
            Kind.SUMMARY,
            "jvm_gc_pause_seconds",
            "Pauses for garbage collection, from the first one on",
            "action",
            "cause",
            "gc"),
    GC_PAUSE_MAX(Kind.GAUGE, "jvm_gc_pause_seconds_max", "Longest recent pause", "action", "cause", "gc"),
    JVM_THREADS(Kind.GAUGE, "jvm_threads_live_threads", "Threads of the JVM"),
    CPU(Kind.GAUGE, "process_cpu_usage", "Share of all processors that this process uses, 0 to 1"),
    CPUS(Kind.GAUGE, "system_cpu_count", "Processors that the JVM may use"),
    UPTIME(Kind.GAUGE, "process_uptime_seconds", "Since the start of the process"),
    FILES(Kind.GAUGE, "process_files_open_files", "Open files"),
    FILES_MAX(Kind.GAUGE, "process_files_max_files", "Files that may be open");

    /** How a metric behaves. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only grows, from 0 with each start of the process. */
        COUNTER,
        /** Counts by upper bound, with {@code _bucket}, {@code _sum} and {@code _count}. */
        HISTOGRAM,
        /** {@code _sum} and {@code _count}. */
        SUMMARY
    }

    private final Kind kind;
    private final String metricName;
    private final String help;
    private final List<String> labels;

    PipelineMetric(Kind kind, String metricName, String help, String... labels) {
        this.kind = kind;
        this.metricName = metricName;
        this.help = help;
        this.labels = List.of(labels);
    }

    /** {@return how it behaves} */
    public Kind kind() {
        return kind;
    }

    /** {@return the name in Prometheus, that of a histogram or summary without what is appended for its parts} */
    public String metricName() {
        return metricName;
    }

    /** {@return what it is, in a sentence} */
    public String help() {
        return help;
    }

    /** {@return names of its labels, beside {@code le} of a histogram} */
    public List<String> labels() {
        return labels;
    }

    /** {@return the names by which queries ask for it} */
    public List<String> series() {
        return switch (kind) {
            case GAUGE, COUNTER -> List.of(metricName);
            case SUMMARY -> List.of(metricName + "_sum", metricName + "_count");
            case HISTOGRAM -> List.of(metricName + "_bucket", metricName + "_sum", metricName + "_count");
        };
    }
}

package io.touchpoint.sandbox.bench;

import java.nio.file.Path;
import java.time.Duration;

/** Lets the pipeline fold what is on the input topics, and measures it. */
final class FoldRun {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long LOOK_EVERY_MILLIS = 20;

    /**
     * What was measured.
     *
     * @param eventsPerSecond committed, all outputs with them
     * @param cpuMicrosPerEvent processor time of the pipeline's process
     * @param compilerMicrosPerEvent the part of it that the just-in-time compilers took
     * @param brokerCpuMicrosPerEvent processor time of the broker's process meanwhile
     * @param stateBytesPerEvent on disk at the end, all stores, over all events folded
     * @param figures what the pipeline did meanwhile
     */
    record Result(
            double eventsPerSecond,
            double cpuMicrosPerEvent,
            double compilerMicrosPerEvent,
            double brokerCpuMicrosPerEvent,
            double stateBytesPerEvent,
            PipelineFigures figures) {}

    private final BenchCluster cluster;
    private final BrokerProcess broker;
    private final PipelineProcess pipeline;
    private final String group;
    private final Path stateFolder;

    FoldRun(BenchCluster cluster, BrokerProcess broker, PipelineProcess pipeline, String group, Path stateFolder) {
        this.cluster = cluster;
        this.broker = broker;
        this.pipeline = pipeline;
        this.group = group;
        this.stateFolder = stateFolder;
    }

    /**
     * Waits until everything is folded.
     *
     * @param warmUp events that are folded first and not counted
     * @throws IllegalStateException when the pipeline ends before, or nothing is folded for 5 minutes
     */
    Result run(long warmUp, long events) throws InterruptedException {
        long from = await(warmUp);
        long start = System.nanoTime();
        var cpu = pipeline.cpu();
        var compilerCpu = pipeline.compilerCpu();
        var brokerCpu = broker.cpu();
        var before = pipeline.figures();
        long to = await(warmUp + events);
        long took = System.nanoTime() - start;
        double folded = to - from;
        return new Result(
                folded / (took / 1e9),
                pipeline.cpu().minus(cpu).toNanos() / 1e3 / folded,
                pipeline.compilerCpu().minus(compilerCpu).toNanos() / 1e3 / folded,
                broker.cpu().minus(brokerCpu).toNanos() / 1e3 / folded,
                BenchCluster.bytesIn(stateFolder) / (double) to,
                pipeline.figures().since(before));
    }

    /**
     * Looks how fast events are folded, for that long after a while.
     *
     * @param there how many events there are to be folded
     * @throws IllegalStateException when these are too few
     */
    double eventsPerSecond(Duration after, Duration length, long there) throws InterruptedException {
        Thread.sleep(after.toMillis());
        long from = await(0);
        long start = System.nanoTime();
        Thread.sleep(length.toMillis());
        long to = await(0);
        double took = (System.nanoTime() - start) / 1e9;
        if (!pipeline.runs()) {
            throw new IllegalStateException("the pipeline has ended (expected: it folds); its log says why");
        }
        if (to >= there) {
            throw new IllegalStateException(
                    "all " + there + " events were folded before everything was measured (expected: more of them)");
        }
        return (to - from) / took;
    }

    /**
     * Waits until so many events are folded.
     *
     * @return how many are, at least these
     * @throws IllegalStateException when the pipeline ends before, or nothing is folded for 5 minutes
     */
    long await(long events) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long reached = -1;
        while (true) {
            long now = cluster.committed(group, EventSupply.TOPICS);
            if (now >= events) {
                return now;
            }
            if (now > reached) {
                reached = now;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (!pipeline.runs() || System.nanoTime() > deadline) {
                throw new IllegalStateException("the pipeline stopped after " + Math.max(0, reached)
                        + " events (expected: " + events + "); its log says why");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}

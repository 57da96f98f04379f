package io.touchpoint.sandbox.bench;

/**
 * One measurement of both, right after one another.
 *
 * @param latency null when it was not measured
 * @param peakRssBytes of the pipeline's process, to its end
 * @param peakHeapBytes of the pipeline's process, to its end
 */
record Round(
        ByteCopy.Result copied,
        FoldRun.Result fold,
        LatencyProbe.Result latency,
        long peakRssBytes,
        long peakHeapBytes) {

    double ratio() {
        return fold.eventsPerSecond() / copied.recordsPerSecond();
    }
}

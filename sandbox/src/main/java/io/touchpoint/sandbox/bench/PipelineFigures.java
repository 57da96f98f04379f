package io.touchpoint.sandbox.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a running pipeline tells about itself; counts since its start.
 *
 * @param stateGets reads of customer states from the store
 * @param statePuts writes of customer states to the store
 * @param heapPeakBytes the most heap that was in use, garbage included
 * @param sent what was written, by topic
 */
record PipelineFigures(long stateGets, long statePuts, long heapPeakBytes, Map<String, Sent> sent) {

    /** Records and bytes, as batches of the producer, that were written to a topic. */
    record Sent(long records, long bytes) {}

    /** What was done since an earlier look at the same pipeline. */
    PipelineFigures since(PipelineFigures before) {
        var difference = new TreeMap<String, Sent>();
        sent.forEach((topic, now) -> {
            var then = before.sent.getOrDefault(topic, new Sent(0, 0));
            difference.put(topic, new Sent(now.records - then.records, now.bytes - then.bytes));
        });
        return new PipelineFigures(
                stateGets - before.stateGets, statePuts - before.statePuts, heapPeakBytes, difference);
    }
}

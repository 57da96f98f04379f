package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Buckets;
import java.util.HashMap;
import java.util.Map;

/** The ids of a measure that is counted in buckets, each made once. There are as many as buckets, some thousands at most. Not thread-safe. */
final class BucketNames {

    private final String prefix;
    private final Map<String, String> byBucket = new HashMap<>();

    /** @param measure id of the measure, with its currency where it has one */
    BucketNames(String measure) {
        this.prefix = measure + '#';
    }

    String of(long value) {
        var bucket = Buckets.of(value);
        var name = byBucket.get(bucket);
        if (name == null) {
            name = prefix + bucket;
            byBucket.put(bucket, name);
        }
        return name;
    }
}

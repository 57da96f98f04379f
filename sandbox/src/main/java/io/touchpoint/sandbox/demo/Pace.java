package io.touchpoint.sandbox.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count has grown over the last ten seconds. */
final class Pace {
    private static final Duration OVER = Duration.ofSeconds(10);

    private record Sample(Instant at, long count) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Takes in where the count stands; says by how much it grows a second, 0 until that is known. */
    double at(Instant now, long count) {
        samples.addLast(new Sample(now, count));
        while (samples.size() > 2 && samples.getFirst().at().isBefore(now.minus(OVER))) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        long millis = Duration.between(first.at(), now).toMillis();
        return millis == 0 ? 0 : 1000.0 * (count - first.count()) / millis;
    }
}

package io.touchpoint.domain.activation;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a limit, and of that between half and all, so that those who failed
 * together do not come back together. A platform that says how long is believed.
 */
public final class Backoff {

    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    /** @param first the wait after the first failure, before its random part */
    public Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /**
     * The wait.
     *
     * @param failures in a row, at least 1
     * @param asked what the platform said, never undercut
     */
    public Duration after(int failures, Optional<Duration> asked) {
        long full = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long capped = Math.min(Math.max(full, 1), longest.toMillis());
        var wait = Duration.ofMillis(capped / 2 + random.nextLong(capped / 2 + 1));
        return asked.filter(least -> least.compareTo(wait) > 0).orElse(wait);
    }
}

package io.touchpoint.domain.activation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * When the next request may go out. Over any window of time there are at most so many; and requests keep the distance that the shortest
 * window asks for, so that whoever takes over after a crash adds one request at most to what was sent before.
 */
public final class RateLimit {

    /** At most so many requests in any time of this length. */
    public record Window(int requests, Duration length) {}

    /** On the way requests come closer to each other: a platform that counts as many as are allowed would count one too many now and then. */
    private static final double SAFE = 0.95;

    private final List<Window> windows;
    private final Duration distance;
    private final Deque<Instant> taken = new ArrayDeque<>();
    private final int most;
    private Instant paused = Instant.MIN;

    /** @param windows the shortest first, at least one */
    public RateLimit(List<Window> windows) {
        this.windows = windows.stream()
                .map(window -> new Window(Math.max(1, (int) (SAFE * window.requests())), window.length()))
                .toList();
        var shortest = this.windows.get(0);
        distance = shortest.length().dividedBy(shortest.requests()).plusNanos(1);
        most = this.windows.stream().mapToInt(Window::requests).max().orElseThrow();
    }

    /** Takes over from somebody who may have sent a request just now. */
    public void takeOver(Instant now) {
        pauseUntil(now.plus(distance));
    }

    /** Nothing goes out before, as the platform asked. */
    public void pauseUntil(Instant until) {
        paused = until.isAfter(paused) ? until : paused;
    }

    /** When the next request may go out; not after now when it may at once. */
    public Instant next(Instant now) {
        var next = paused.isAfter(now) ? paused : now;
        if (!taken.isEmpty()) {
            next = later(next, taken.getLast().plus(distance));
        }
        for (var window : windows) {
            if (taken.size() >= window.requests()) {
                next = later(next, nthLast(window.requests()).plus(window.length()));
            }
        }
        return next;
    }

    /** A request goes out. */
    public void take(Instant now) {
        taken.addLast(now);
        if (taken.size() > most) {
            taken.removeFirst();
        }
    }

    private Instant nthLast(int n) {
        var all = taken.descendingIterator();
        var found = all.next();
        for (int i = 1; i < n; i++) {
            found = all.next();
        }
        return found;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

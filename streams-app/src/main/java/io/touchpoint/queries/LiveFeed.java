package io.touchpoint.queries;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * Hands what was published to those who watch. Each has a queue of its own of limited length: one who does not keep up is cut off, and
 * neither the others nor the one who publishes wait.
 */
final class LiveFeed {

    /** Of the newest events, for those who come back. */
    private static final int KEPT = 10_000;

    private static final int MOST_WAITING = 5_000;

    private final Deque<LiveEvent> kept = new ArrayDeque<>();
    /** By what they want, so that an event is judged once for all who want the same. */
    private final Map<Predicate<LiveEvent>, Set<Watcher>> watchers = new ConcurrentHashMap<>();

    private long number;
    private volatile boolean ended;

    /** One who watches. */
    final class Watcher implements AutoCloseable {
        private final LinkedBlockingQueue<LiveEvent> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private final Predicate<LiveEvent> wanted;
        private volatile boolean cutOff;

        private Watcher(Predicate<LiveEvent> wanted) {
            this.wanted = wanted;
        }

        /** {@return the next event, null when none came in that time} */
        LiveEvent next(long millis) throws InterruptedException {
            var event = waiting.poll(millis, TimeUnit.MILLISECONDS);
            return event == LiveEvent.END ? null : event;
        }

        /** Takes what else is there, without waiting. */
        void drainTo(Collection<LiveEvent> events) {
            waiting.drainTo(events);
            events.remove(LiveEvent.END);
        }

        private void end() {
            cutOff = true;
            waiting.clear();
            waiting.offer(LiveEvent.END);
        }

        /** {@return whether it is over: because it did not keep up, or because everything ends} */
        boolean cutOff() {
            return cutOff;
        }

        private void offer(LiveEvent event) {
            if (!waiting.offer(event)) {
                cutOff = true;
                close();
                // Its thread may hang in the network for long, and need not hold the events as long.
                waiting.clear();
            }
        }

        @Override
        public void close() {
            synchronized (watchers) {
                watchers.computeIfPresent(wanted, (same, all) -> {
                    all.remove(this);
                    return all.isEmpty() ? null : all;
                });
                watchers.notifyAll();
            }
        }
    }

    /** Hands on what was published. */
    synchronized void publish(LiveEvent.Kind kind, String key, SpecificRecord value) {
        var event = new LiveEvent(++number, kind, key, value);
        kept.addLast(event);
        if (kept.size() > KEPT) {
            kept.removeFirst();
        }
        watchers.forEach((wanted, all) -> {
            if (wanted.test(event)) {
                all.forEach(watcher -> watcher.offer(event));
            }
        });
    }

    /**
     * Begins to watch.
     *
     * @param wanted which events; judged once for all whose is equal
     * @param after the number of the last event that was seen; what came later and is still kept comes first. 0 for only new ones
     */
    synchronized Watcher watch(Predicate<LiveEvent> wanted, long after) {
        var watcher = new Watcher(wanted);
        if (after > 0) {
            missed(after).filter(wanted).forEach(watcher::offer);
        }
        watchers.compute(wanted, (same, all) -> {
            var now = all == null ? ConcurrentHashMap.<Watcher>newKeySet() : all;
            now.add(watcher);
            return now;
        });
        if (ended) {
            watcher.end();
        }
        return watcher;
    }

    private Stream<LiveEvent> missed(long after) {
        var missed = new ArrayDeque<LiveEvent>();
        for (var newest = kept.descendingIterator(); newest.hasNext(); ) {
            var event = newest.next();
            if (event.number() <= after || missed.size() == MOST_WAITING) {
                break;
            }
            missed.addFirst(event);
        }
        return missed.stream();
    }

    /** Lets all who watch go, and waits until they have gone: what they write to must still be there. */
    void end(Duration atMost) throws InterruptedException {
        ended = true;
        watchers.values().forEach(all -> all.forEach(Watcher::end));
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (watchers) {
            long left = atMost.toMillis();
            while (!watchers.isEmpty() && left > 0) {
                watchers.wait(left);
                left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            }
        }
    }

    /** {@return how many watch} */
    int watchers() {
        return watchers.values().stream().mapToInt(Set::size).sum();
    }
}

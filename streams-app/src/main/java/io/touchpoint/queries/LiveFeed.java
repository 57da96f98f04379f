package io.touchpoint.queries;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * Hands what was published to those who watch. Each has a queue of its own of limited length: one who does not keep up is cut off, and
 * neither the others nor the one who publishes wait.
 */
final class LiveFeed {

    /** Of the newest events, for those who come back. */
    private static final int KEPT = 10_000;

    /** What is written twice a second may come in bursts. */
    private static final int MOST_WAITING = 12_500;

    /** Leaves room for what comes until the first of them is sent. */
    private static final int MOST_MISSED = MOST_WAITING / 5;

    private final Deque<LiveEvent> kept = new ArrayDeque<>();
    /** By what they want, so that an event is judged once for all who want the same. */
    private final Map<Predicate<LiveEvent>, Set<Watcher>> watchers = new ConcurrentHashMap<>();

    private long number;
    /** The number of the newest event that there was no room for any more. */
    private long lost;

    private volatile boolean ended;

    /** One who watches. */
    final class Watcher implements AutoCloseable {
        private final LinkedBlockingQueue<LiveEvent> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private final Predicate<LiveEvent> wanted;
        private final OptionalLong gap;
        private volatile boolean cutOff;

        private Watcher(Predicate<LiveEvent> wanted, OptionalLong gap) {
            this.wanted = wanted;
            this.gap = gap;
        }

        /** {@return the number up to which something may have been missed for good, where that is so: all that came after it follows} */
        OptionalLong gap() {
            return gap;
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
        kept.addLast(pass(kind, key, value));
        if (kept.size() > KEPT) {
            lost = kept.removeFirst().number();
        }
    }

    /** Hands on what those must not have who come back later. */
    synchronized LiveEvent pass(LiveEvent.Kind kind, String key, SpecificRecord value) {
        var event = new LiveEvent(++number, kind, key, value);
        watchers.forEach((wanted, all) -> {
            if (wanted.test(event)) {
                all.forEach(watcher -> watcher.offer(event));
            }
        });
        return event;
    }

    /** Lets go of what is kept for those who come back. */
    synchronized void forget(Predicate<SpecificRecord> which) {
        kept.removeIf(event -> which.test(event.value()));
    }

    /**
     * Begins to watch what is published from now on.
     *
     * @param wanted which events; judged once for all whose is equal
     */
    synchronized Watcher watch(Predicate<LiveEvent> wanted) {
        return begin(new Watcher(wanted, OptionalLong.empty()));
    }

    /**
     * Goes on to watch; what came meanwhile and is still kept comes first.
     *
     * @param wanted which events; judged once for all whose is equal
     * @param after the number of the last event that was seen; one that was never given means that nobody knows what was missed
     */
    synchronized Watcher resume(Predicate<LiveEvent> wanted, long after) {
        if (after < 0 || after > number) {
            return begin(new Watcher(wanted, OptionalLong.of(number)));
        }
        var missed = new ArrayDeque<LiveEvent>();
        long from = Math.max(after, lost);
        for (var newest = kept.descendingIterator(); newest.hasNext(); ) {
            var event = newest.next();
            if (event.number() <= from) {
                break;
            }
            if (wanted.test(event)) {
                if (missed.size() == MOST_MISSED) {
                    from = event.number();
                    break;
                }
                missed.addFirst(event);
            }
        }
        var watcher = new Watcher(wanted, from > after ? OptionalLong.of(from) : OptionalLong.empty());
        missed.forEach(watcher::offer);
        return begin(watcher);
    }

    private Watcher begin(Watcher watcher) {
        watchers.compute(watcher.wanted, (same, all) -> {
            var now = all == null ? ConcurrentHashMap.<Watcher>newKeySet() : all;
            now.add(watcher);
            return now;
        });
        if (ended) {
            watcher.end();
        }
        return watcher;
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

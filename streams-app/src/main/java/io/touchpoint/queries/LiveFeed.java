package io.touchpoint.queries;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
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

    private static final int MOST_WAITING = 5_000;

    private final Deque<LiveEvent> kept = new ArrayDeque<>();
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
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
            if (wanted.test(event) && !waiting.offer(event)) {
                cutOff = true;
                close();
            }
        }

        @Override
        public void close() {
            synchronized (watchers) {
                watchers.remove(this);
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
        watchers.forEach(watcher -> watcher.offer(event));
    }

    /**
     * Begins to watch.
     *
     * @param wanted which events
     * @param after the number of the last event that was seen; what came later and is still kept comes first. 0 for only new ones
     */
    synchronized Watcher watch(Predicate<LiveEvent> wanted, long after) {
        var watcher = new Watcher(wanted);
        if (after > 0) {
            missed(after).forEach(watcher::offer);
        }
        watchers.add(watcher);
        if (ended) {
            watcher.end();
        }
        return watcher;
    }

    private Deque<LiveEvent> missed(long after) {
        var missed = new ArrayDeque<LiveEvent>();
        for (var newest = kept.descendingIterator(); newest.hasNext(); ) {
            var event = newest.next();
            if (event.number() <= after || missed.size() == MOST_WAITING) {
                break;
            }
            missed.addFirst(event);
        }
        return missed;
    }

    /** Lets all who watch go, and waits until they have gone: what they write to must still be there. */
    void end(Duration atMost) throws InterruptedException {
        ended = true;
        watchers.forEach(Watcher::end);
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
        return watchers.size();
    }
}

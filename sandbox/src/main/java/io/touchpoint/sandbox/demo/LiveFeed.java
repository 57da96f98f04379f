package io.touchpoint.sandbox.demo;

import io.touchpoint.sandbox.traffic.LiveTraffic;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Publishes generated traffic as it falls due, until it is closed. */
final class LiveFeed implements AutoCloseable {
    private static final long EVERY_MILLIS = 50;

    private final LiveTraffic traffic;
    private final EventPublisher publisher;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final ScheduledExecutorService schedule =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "demo-traffic"));

    private LiveFeed(LiveTraffic traffic, EventPublisher publisher) {
        this.traffic = traffic;
        this.publisher = publisher;
    }

    /** Starts to publish. The publisher is the caller's to close. */
    static LiveFeed start(LiveTraffic traffic, EventPublisher publisher) {
        LiveFeed feed = new LiveFeed(traffic, publisher);
        feed.schedule.scheduleAtFixedRate(feed::publish, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return feed;
    }

    private void publish() {
        try {
            traffic.due().forEach(publisher::publish);
        } catch (RuntimeException failed) {
            // Ends the schedule; who looks at the demo is told.
            failure.set(failed);
            throw failed;
        }
    }

    /** Why publishing has stopped, if it has. */
    Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() {
        schedule.shutdown();
        try {
            schedule.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}

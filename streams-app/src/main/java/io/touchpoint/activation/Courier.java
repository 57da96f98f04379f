package io.touchpoint.activation;

import io.touchpoint.activation.platform.Transport;
import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.AudienceQueue;
import io.touchpoint.domain.activation.Backoff;
import io.touchpoint.domain.activation.Delivery;
import io.touchpoint.domain.activation.RateLimit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings batches to the platform, one request at a time, the audiences taking turns. Those in trouble wait without holding up the others; of
 * very many in trouble only so many keep their batch in memory.
 */
final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final int MOST_OPEN = 32;

    private final AudienceWriter writer;
    private final Transport transport;
    private final RateLimit rate;
    private final Backoff backoff;
    private final int most;
    private final Duration flushInterval;
    private final InstantSource clock;
    private final ActivationFigures figures;
    private final Map<String, Delivery> open = new LinkedHashMap<>();
    private final Map<String, Instant> resting = new HashMap<>();

    Courier(
            AudienceWriter writer,
            Transport transport,
            RateLimit rate,
            Backoff backoff,
            int most,
            Duration flushInterval,
            InstantSource clock,
            ActivationFigures figures) {
        this.writer = writer;
        this.transport = transport;
        this.rate = rate;
        this.backoff = backoff;
        this.most = most;
        this.flushInterval = flushInterval;
        this.clock = clock;
        this.figures = figures;
        // What was on its way goes first, in the words it had.
        for (var audience : writer.ledger().queues().keySet()) {
            writer.ledger().openBatch(audience).ifPresent(batch -> open(audience, new Delivery(batch, most, backoff)));
        }
    }

    /**
     * Sends one request, if one is due.
     *
     * @return when to come back at the latest
     */
    Instant step() throws InterruptedException {
        var now = clock.instant();
        var allowed = rate.next(now);
        if (allowed.isAfter(now)) {
            return allowed;
        }
        var due = due(now);
        if (due.isEmpty()) {
            return nextDue(now);
        }
        var delivery = due.get();
        if (!delivery.isDone()) {
            rate.take(now);
            var answer = transport.send(delivery.next());
            note(delivery, answer);
        }
        if (delivery.isDone()) {
            writer.settle(delivery);
            open.remove(delivery.batch().audience());
            var kept = delivery.settlement().kept().size();
            if (kept > 0) {
                log.warn(
                        "Audience {}: {} members stay for now, since the platform lets nobody go from one so small; asked"
                                + " again with its next change",
                        delivery.batch().audience(),
                        kept);
            }
        }
        return clock.instant();
    }

    private void note(Delivery delivery, Answer answer) {
        figures.answer(answer.getClass().getSimpleName());
        delivery.take(answer, clock.instant())
                .ifPresent(pause -> rate.pauseUntil(clock.instant().plus(pause)));
        if (!delivery.trouble().isEmpty()) {
            log.warn(
                    "Audience {}: {}, failure {} in a row; next try not before {}",
                    delivery.batch().audience(),
                    delivery.trouble(),
                    delivery.failures(),
                    delivery.notBefore());
        }
        // To the end of the line: the other audiences have their turn.
        var audience = delivery.batch().audience();
        open.remove(audience);
        open.put(audience, delivery);
    }

    private Optional<Delivery> due(Instant now) {
        var ready = open.values().stream()
                .filter(one -> !one.notBefore().isAfter(now))
                .findFirst();
        if (ready.isPresent()) {
            return ready;
        }
        var longest = writer.ledger().queues().entrySet().stream()
                .filter(queue -> !open.containsKey(queue.getKey())
                        && !mayGoAt(queue.getKey(), queue.getValue()).isAfter(now))
                .min(Comparator.comparingLong(queue -> queue.getValue().oldestMillis()))
                .map(Map.Entry::getKey);
        if (longest.isEmpty()) {
            return Optional.empty();
        }
        resting.remove(longest.get());
        var made = writer.nextBatch(longest.get(), most).map(batch -> new Delivery(batch, most, backoff));
        made.ifPresent(delivery -> open(longest.get(), delivery));
        return made;
    }

    /** The one that waits longest gives up its batch, which is on the topic; it has to be read again for its next try. */
    private void open(String audience, Delivery delivery) {
        open.put(audience, delivery);
        if (open.size() > MOST_OPEN) {
            open.entrySet().stream()
                    .filter(one -> one.getValue() != delivery)
                    .max((a, b) ->
                            a.getValue().notBefore().compareTo(b.getValue().notBefore()))
                    .ifPresent(longest -> {
                        open.remove(longest.getKey());
                        resting.put(longest.getKey(), longest.getValue().notBefore());
                    });
        }
    }

    private Instant nextDue(Instant now) {
        var next = now.plus(flushInterval);
        for (var delivery : open.values()) {
            next = delivery.notBefore().isBefore(next) ? delivery.notBefore() : next;
        }
        for (var queue : writer.ledger().queues().entrySet()) {
            if (!open.containsKey(queue.getKey())) {
                var due = mayGoAt(queue.getKey(), queue.getValue());
                next = due.isBefore(next) ? due : next;
            }
        }
        return next;
    }

    /** When its queue is full at once, else when its first change has waited long enough. */
    private Instant mayGoAt(String audience, AudienceQueue queue) {
        var oldest = Instant.ofEpochMilli(queue.oldestMillis());
        var full = queue.identifiers() >= most ? oldest : oldest.plus(flushInterval);
        var rested = resting.getOrDefault(audience, full);
        return rested.isAfter(full) ? rested : full;
    }

    /** Whether a batch is on its way. */
    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** Audiences whose last request failed. */
    int troubled() {
        return resting.size()
                + (int) open.values().stream()
                        .filter(one -> !one.trouble().isEmpty())
                        .count();
    }
}

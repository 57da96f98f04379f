package io.touchpoint.sandbox.faults;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.sandbox.traffic.Population;
import io.touchpoint.sandbox.traffic.TrafficMix;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Invented histories: the same seed gives the same events, no two at the same instant. */
final class Histories {

    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private Histories() {}

    /** {@return so many events of so many customers, evenly over the time from {@link #START}} */
    static List<TouchpointEvent> mixed(int events, int customers, Duration over, long seed) {
        var mix = new TrafficMix("h" + seed, Population.synthetic("customer-", customers, 30), seed);
        var step = over.dividedBy(events);
        var history = new ArrayList<TouchpointEvent>(events);
        for (int i = 0; i < events; i++) {
            var at = START.plus(step.multipliedBy(i));
            history.add(i % 40 == 7 ? consent("customer-" + i % customers, at, i) : mix.next(at));
        }
        return history;
    }

    private static TouchpointEvent consent(String customer, Instant at, int i) {
        var id = "contact-" + i;
        return TouchpointEvent.of(new CustomerContact(
                id,
                customer,
                at,
                "test",
                List.of(customer + "@example.com"),
                List.of(),
                "GB",
                i % 3 == 0 ? AdConsent.DENIED : AdConsent.GRANTED,
                Map.of(),
                at));
    }

    /** {@return the events in an order in which each is at most so late against the newest before it} */
    static List<TouchpointEvent> shuffled(List<TouchpointEvent> events, Duration horizon, long seed) {
        var random = new Random(seed);
        record Delayed(TouchpointEvent event, long arrival) {}
        return events.stream()
                .map(event -> new Delayed(
                        event, event.occurredAt().toEpochMilli() + (long) (random.nextDouble() * horizon.toMillis())))
                .sorted(Comparator.comparingLong(Delayed::arrival))
                .map(Delayed::event)
                .toList();
    }

    /** {@return the events with that share of them once more, some places later} */
    static List<TouchpointEvent> doubled(List<TouchpointEvent> events, double share, long seed) {
        var random = new Random(seed);
        var doubled = new ArrayList<TouchpointEvent>(events.size());
        var waiting = new ArrayList<TouchpointEvent>();
        for (var event : events) {
            doubled.add(event);
            if (random.nextDouble() < share) {
                waiting.add(event);
            }
            if (!waiting.isEmpty() && random.nextDouble() < 2 * share) {
                doubled.add(waiting.remove(0));
            }
        }
        doubled.addAll(waiting);
        return doubled;
    }
}

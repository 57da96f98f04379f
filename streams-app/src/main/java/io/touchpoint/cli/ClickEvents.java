package io.touchpoint.cli;

import io.touchpoint.domain.attribution.ClickWalks;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The clicks, orders and erasures of customers on their way into the paths; what makes no sense is named and left out. */
final class ClickEvents {

    private static final int PROBLEMS_SHOWN = 5;
    private static final EventCheck CHECK = new EventCheck(Duration.ofMinutes(10));

    private final Function<AdClick, String> channel;
    private final Instant now;
    private final ClickWalks walks;
    private final List<String> problems = new ArrayList<>();
    private long refused;

    /**
     * @param channel what of a click is its channel
     * @param now events from later are refused
     */
    ClickEvents(Function<AdClick, String> channel, Instant now, ClickWalks walks) {
        this.channel = channel;
        this.now = now;
        this.walks = walks;
    }

    /** {@return whether an event makes sense; else it is counted as refused, and named by where it is} */
    boolean accept(String key, CustomerEvent event, String where) {
        var refusal = CHECK.check(key, event, now.toEpochMilli());
        if (refusal != null) {
            refuse(where + ": " + refusal.detail());
        }
        return refusal == null;
    }

    /** Takes in the next event in order of time. */
    void take(CustomerEvent event) {
        if (event.body() instanceof AdClick click) {
            walks.click(event.customerId(), click.getClickId(), channel.apply(click), event.occurredAt());
        } else if (event.body() instanceof OrderEvent order && order.getStatus() == OrderStatus.PAID) {
            walks.paid(event.customerId(), order.getOrderId(), event.occurredAt());
        } else if (event.body() instanceof ErasureRequest) {
            walks.erased(event.customerId());
        }
    }

    /** Counts something that was left out. */
    void refuse(String problem) {
        refused++;
        if (problems.size() < PROBLEMS_SHOWN) {
            problems.add(problem);
        }
    }

    /** The customers so far are over. */
    void end(Instant until) {
        walks.end(until.toEpochMilli());
    }

    /** The first few that were refused, each with what was wrong. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** How many were refused. */
    long refused() {
        return refused;
    }
}

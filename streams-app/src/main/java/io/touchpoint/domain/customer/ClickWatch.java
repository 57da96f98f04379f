package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.domain.measure.CustomerMeasures.ClickProbe;
import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.state.Click;

/** What a click changes: its day, its cost, the credit of the orders after it, and the journey. */
final class ClickWatch implements Watch {

    private final Watches watches;
    private final Customer customer;
    private final CustomerEvent event;
    /** The click as it was kept, null when it is new. */
    private final Click old;

    private final Click now;
    /** Null where nothing is counted that rests on clicks. */
    private final ClickProbe probe;

    ClickWatch(Watches watches, Customer customer, CustomerEvent event, AdClick click) {
        var state = customer.state();
        var known = Touches.find(state, click.getClickId());
        this.watches = watches;
        this.customer = customer;
        this.event = event;
        // What is kept is changed in place when an earlier record of the click comes.
        this.old = known == null ? null : Click.newBuilder(known).build();
        this.now = Touches.kept(event, click);
        this.probe = !watches.measures().countClicks()
                ? null
                : watches.measures()
                        .clickComes(
                                state.getClicks(),
                                old,
                                now,
                                state.getClicksFloor(),
                                watches.paidOrders(customer),
                                Watches.past(state));
    }

    @Override
    public void tell(Verdict verdict, Decisions out) {
        var state = customer.state();
        boolean replaced = verdict == Verdict.DUPLICATE
                && (now.getAt() < old.getAt()
                        || now.getAt() == old.getAt() && now.getEventId().compareTo(old.getEventId()) < 0);
        if (verdict == Verdict.DUPLICATE && !replaced) {
            return;
        }
        watches.journey(customer, old == null ? null : step(old), step(now), verdict, out);
        if (probe != null) {
            watches.measures()
                    .clickCame(
                            probe,
                            state.getClicks(),
                            watches.paidOrders(customer),
                            Watches.past(state),
                            out,
                            watches.credits(customer, event, out));
        }
        if (!watches.measures().countCosts()) {
            return;
        }
        if (old != null && CustomerMeasures.costs(old)) {
            watches.measures().cost(old, leaked(old), -1, out);
        }
        if (CustomerMeasures.costs(now)) {
            watches.measures().cost(now, leaked(now), 1, out);
        }
    }

    private static JourneyStep step(Click click) {
        return new JourneyStep(click.getAt(), JourneyStep.CLICK, click.getEventId());
    }

    private boolean leaked(Click click) {
        return watches.suppressions().suppressed(watches.counted(customer), click);
    }
}

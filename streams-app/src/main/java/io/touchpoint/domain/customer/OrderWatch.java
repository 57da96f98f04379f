package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.measure.CustomerMeasures;
import io.touchpoint.domain.measure.JourneyStep;
import io.touchpoint.domain.measure.PaidOrders;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.CustomerState;
import java.util.ArrayList;
import java.util.List;

/** What an event of an order changes: the paid orders and all that is counted from them, which clicks leaked, and the journey. */
final class OrderWatch implements Watch {

    private final Watches watches;
    private final Customer customer;
    private final CustomerEvent event;
    private final OrderEvent order;
    private final JourneyStep step;
    private final PaidOrders paidBefore;
    /** Clicks whose cost may turn out to have leaked, or not to. */
    private final List<Click> clicks;

    private final boolean[] leakedBefore;

    OrderWatch(Watches watches, Customer customer, CustomerEvent event, OrderEvent order) {
        this.watches = watches;
        this.customer = customer;
        this.event = event;
        this.order = order;
        this.step = step(customer.state(), event, order);
        this.paidBefore = concernsPaid() && watches.measures().countOrders() ? watches.paidOrders(customer) : null;
        this.clicks = watches.measures().countCosts() && watches.countsAt(order.getStatus())
                ? clicksFrom(customer.state(), event.occurredAt())
                : List.of();
        this.leakedBefore = leaked();
    }

    private boolean concernsPaid() {
        return switch (order.getStatus()) {
            case PAID, CANCELLED, RETURNED -> true;
            case PLACED, SHIPPED, DELIVERED -> false;
        };
    }

    /** {@return the step as it is known, null when it is not} */
    private static JourneyStep step(CustomerState state, CustomerEvent event, OrderEvent order) {
        if (order.getStatus() == OrderStatus.CANCELLED || order.getStatus() == OrderStatus.RETURNED) {
            for (var take : state.getTakes()) {
                if (take.getEventId().equals(event.eventId())) {
                    return new JourneyStep(take.getAt(), JourneyStep.order(order.getStatus()), take.getEventId());
                }
            }
            return null;
        }
        for (var kept : state.getOrders()) {
            if (kept.getOrderId().equals(order.getOrderId())) {
                var mark = PurchaseLedger.mark(kept, order.getStatus());
                return mark == null
                        ? null
                        : new JourneyStep(mark.getAt(), JourneyStep.order(order.getStatus()), mark.getEventId());
            }
        }
        return null;
    }

    /** An event of an order changes nothing about what was suppressed before it. */
    private static List<Click> clicksFrom(CustomerState state, long at) {
        List<Click> clicks = List.of();
        for (var click : state.getClicks()) {
            if (click.getAt() >= at && CustomerMeasures.costs(click)) {
                clicks = clicks.isEmpty() ? new ArrayList<>(4) : clicks;
                clicks.add(click);
            }
        }
        return clicks;
    }

    private boolean[] leaked() {
        if (clicks.isEmpty()) {
            return null;
        }
        var leaked = new boolean[clicks.size()];
        var ledger = watches.counted(customer);
        for (int i = 0; i < leaked.length; i++) {
            leaked[i] = watches.suppressions().suppressed(ledger, clicks.get(i));
        }
        return leaked;
    }

    @Override
    public void tell(Verdict verdict, Decisions out) {
        var state = customer.state();
        var now = verdict == Verdict.FOLDED
                ? new JourneyStep(event.occurredAt(), JourneyStep.order(order.getStatus()), event.eventId())
                : step(state, event, order);
        watches.journey(customer, step, now, verdict, out);
        if (verdict == Verdict.DUPLICATE && now.equals(step)) {
            return;
        }
        if (paidBefore != null) {
            var paid = watches.derive(customer, paidBefore);
            watches.measures()
                    .sales(
                            paidBefore,
                            paid,
                            Watches.past(state),
                            state.getClicks(),
                            state.getClicksFloor(),
                            out,
                            watches.credits(customer, event, out));
        }
        if (concernsPaid()) {
            watches.expected(customer, event.occurredAt(), out);
        }
        if (!clicks.isEmpty()) {
            var leaked = leaked();
            for (int i = 0; i < leaked.length; i++) {
                if (leaked[i] != leakedBefore[i]) {
                    watches.measures().leak(clicks.get(i), leaked[i] ? 1 : -1, out);
                }
            }
        }
    }
}

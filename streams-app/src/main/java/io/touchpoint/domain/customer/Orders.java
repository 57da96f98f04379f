package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.AttributionTerms;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.KeptOrder;
import io.touchpoint.records.state.Mark;
import io.touchpoint.records.state.Take;
import java.util.ArrayList;
import java.util.List;

/** The orders of a customer, and what was taken back from them. */
final class Orders {

    /** Of lines of which it is not known by which status they counted, or which are not there. */
    static final int NO_STATUS = -1;

    private final OrderStatus countsAt;
    private final AttributionTerms terms;

    /**
     * @param countsAt the status from which on an order suppresses
     * @param attribution which clicks earn credit of the orders to come
     */
    Orders(OrderStatus countsAt, AttributionRules attribution) {
        this.countsAt = countsAt;
        this.terms = new AttributionTerms(
                attribution.lookback().toMillis(), attribution.halfLife().toMillis());
    }

    /** {@return why an event of an order cannot be applied, whatever else is known; null when it can} */
    static Verdict refusal(CustomerState state, OrderEvent order) {
        return order.getOrderId() != null
                        && !state.getForgottenOrders().isEmpty()
                        && state.getForgottenOrders().contains(Hash64.of(order.getOrderId()))
                ? Verdict.tooLate("the order is no longer kept")
                : null;
    }

    Verdict apply(CustomerState state, CustomerEvent event, OrderEvent order) {
        return switch (order.getStatus()) {
            case CANCELLED, RETURNED -> take(state, event, order);
            case PLACED, PAID, SHIPPED, DELIVERED -> step(state, event, order);
        };
    }

    /** {@return whether purchases, or what is held of them, may rest on events of this status} */
    boolean counts(OrderStatus status) {
        return switch (status) {
            case CANCELLED, RETURNED, PAID -> true;
            case PLACED, SHIPPED, DELIVERED -> status == countsAt;
        };
    }

    private Verdict step(CustomerState state, CustomerEvent event, OrderEvent order) {
        var kept = find(state, order.getOrderId());
        if (event.occurredAt() <= state.getOrdersFloor() && (kept == null || counts(order.getStatus()))) {
            return Verdict.tooLate("orders of that time are no longer kept");
        }
        if (kept == null) {
            kept = new KeptOrder();
            kept.setOrderId(order.getOrderId());
            kept.setMarks(new ArrayList<>(2));
            kept.setLines(new ArrayList<>(0));
            kept.setCountedLines(new ArrayList<>(0));
            kept.setCountedStatus(NO_STATUS);
            attributes(kept, order);
            state.getOrders().add(kept);
        }
        var mark = PurchaseLedger.mark(kept, order.getStatus());
        if (mark == null) {
            kept.setPage(0);
            kept.getMarks().add(new Mark(order.getStatus().ordinal(), event.occurredAt(), event.eventId()));
            contents(state, kept, order);
            return Verdict.FOLDED;
        }
        if (event.occurredAt() < mark.getAt()
                || event.occurredAt() == mark.getAt() && event.eventId().compareTo(mark.getEventId()) < 0) {
            kept.setPage(0);
            mark.setAt(event.occurredAt());
            mark.setEventId(event.eventId());
            contents(state, kept, order);
        }
        return Verdict.DUPLICATE;
    }

    private int numberOfTerms(CustomerState state) {
        int at = state.getTerms().indexOf(terms);
        if (at < 0) {
            at = state.getTerms().size();
            state.getTerms().add(terms);
        }
        return at + 1;
    }

    private void contents(CustomerState state, KeptOrder kept, OrderEvent order) {
        if (order.getStatus() == OrderStatus.PAID) {
            attributes(kept, order);
            kept.setLines(lines(order));
            kept.setTerms(kept.getTerms() == 0 ? numberOfTerms(state) : kept.getTerms());
        }
        if (order.getStatus() == countsAt && countsAt != OrderStatus.PAID) {
            kept.setCountedLines(lines(order));
            kept.setCountedStatus(countsAt.ordinal());
        }
    }

    private static void attributes(KeptOrder kept, OrderEvent order) {
        kept.setCurrency(order.getCurrency());
        kept.setChannel(order.getChannel());
        kept.setCountry(order.getCountry());
        kept.setPlatform(order.getPlatform());
        kept.setCampaignId(order.getCampaignId());
    }

    private static Verdict take(CustomerState state, CustomerEvent event, OrderEvent order) {
        if (order.getOrderId() == null && event.occurredAt() <= state.getOrdersFloor()) {
            return Verdict.tooLate("purchases up to that time are no longer kept");
        }
        var takes = state.getTakes();
        for (int i = 0; i < takes.size(); i++) {
            if (takes.get(i).getEventId().equals(event.eventId())) {
                if (event.occurredAt() < takes.get(i).getAt()) {
                    takes.set(i, kept(event, order));
                }
                return Verdict.DUPLICATE;
            }
        }
        takes.add(kept(event, order));
        return Verdict.FOLDED;
    }

    private static Take kept(CustomerEvent event, OrderEvent order) {
        return new Take(
                event.eventId(),
                event.occurredAt(),
                order.getOrderId(),
                order.getStatus() == OrderStatus.CANCELLED,
                order.getCurrency(),
                lines(order),
                0);
    }

    private static List<HeldLine> lines(OrderEvent order) {
        var lines = new ArrayList<HeldLine>(order.getLines().size());
        for (OrderLine line : order.getLines()) {
            lines.add(new HeldLine(
                    line.getSku(),
                    line.getCategory(),
                    line.getQuantity(),
                    line.getUnitPriceMinor(),
                    line.getUnitCostMinor()));
        }
        return lines;
    }

    private static KeptOrder find(CustomerState state, String orderId) {
        for (var order : state.getOrders()) {
            if (order.getOrderId().equals(orderId)) {
                return order;
            }
        }
        return null;
    }
}

package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Every single unit a customer bought, and what became of it: purchases and takes recomputed without regard for speed. */
final class UnitOracle {

    /** One unit of one line. */
    static final class Unit {
        final CustomerEvent purchase;
        final OrderEvent order;
        final int line;
        final OrderLine bought;
        CustomerEvent takenBy;
        long givenBack;
        String givenBackIn;

        private Unit(CustomerEvent purchase, int line) {
            this.purchase = purchase;
            this.order = (OrderEvent) purchase.body();
            this.line = line;
            this.bought = order.getLines().get(line);
        }

        long paidAt() {
            return purchase.occurredAt();
        }

        boolean held() {
            return takenBy == null;
        }

        long takenAt() {
            return Math.max(takenBy.occurredAt(), paidAt());
        }

        boolean returned() {
            return takenBy != null && ((OrderEvent) takenBy.body()).getStatus() == OrderStatus.RETURNED;
        }
    }

    private UnitOracle() {}

    static List<Unit> units(DistinctEvents events, OrderStatus countsAt) {
        var units = new ArrayList<Unit>();
        for (var purchase : events.orders(countsAt)) {
            var lines = ((OrderEvent) purchase.body()).getLines();
            for (int line = 0; line < lines.size(); line++) {
                for (int unit = 0; unit < lines.get(line).getQuantity(); unit++) {
                    units.add(new Unit(purchase, line));
                }
            }
        }
        units.sort(Comparator.comparingLong(Unit::paidAt)
                .thenComparing(unit -> unit.order.getOrderId())
                .thenComparingInt(unit -> unit.line)
                .reversed());
        events.takes().forEach(take -> take(take, units));
        return units;
    }

    private static void take(CustomerEvent take, List<Unit> newestFirst) {
        var order = (OrderEvent) take.body();
        boolean cancelled = order.getStatus() == OrderStatus.CANCELLED;
        for (var unit : newestFirst) {
            if (order.getLines().isEmpty()
                    && unit.held()
                    && unit.order.getOrderId().equals(order.getOrderId())) {
                give(unit, take, unit.bought.getUnitPriceMinor(), unit.order.getCurrency());
            }
        }
        for (var line : order.getLines()) {
            for (int wanted = line.getQuantity(); wanted > 0; wanted--) {
                newestFirst.stream()
                        .filter(Unit::held)
                        .filter(unit -> unit.bought.getSku().equals(line.getSku()))
                        .filter(unit -> order.getOrderId() == null
                                ? unit.paidAt() <= take.occurredAt()
                                : order.getOrderId().equals(unit.order.getOrderId()))
                        .findFirst()
                        .ifPresent(unit -> give(
                                unit,
                                take,
                                cancelled ? unit.bought.getUnitPriceMinor() : line.getUnitPriceMinor(),
                                cancelled ? unit.order.getCurrency() : order.getCurrency()));
            }
        }
    }

    private static void give(Unit unit, CustomerEvent take, long price, String currency) {
        unit.takenBy = take;
        unit.givenBack = price;
        unit.givenBackIn = currency;
    }
}

package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.UnitOracle.Unit;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SuppressionScope;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The days with clicks and the cost of clicks of one customer, recounted from the set of events. */
final class AdOracle {

    private static final long DAY = MeasureOracle.DAY;
    private static final long MONTH = MeasureOracle.MONTH;

    private final Policy policy;
    private final DistinctEvents events;
    private final List<CustomerEvent> paid;
    private final List<CustomerEvent> clicks;
    private final Map<String, Long> facts;

    AdOracle(Policy policy, DistinctEvents events, Map<String, Long> facts) {
        this.policy = policy;
        this.events = events;
        this.facts = facts;
        this.paid = events.orders(OrderStatus.PAID).stream()
                .sorted(DistinctEvents.BY_TIME)
                .toList();
        this.clicks = events.distinct().stream()
                .filter(event -> event.body() instanceof AdClick)
                .sorted(DistinctEvents.BY_TIME)
                .toList();
    }

    void count() {
        clickDays();
        adCost();
    }

    private static AdClick click(CustomerEvent event) {
        return (AdClick) event.body();
    }

    private void add(String measure, String segment, long at, long amount) {
        facts.merge(measure + "|" + segment + "|" + at, amount, Long::sum);
    }

    private void clickDays() {
        var firsts = new TreeMap<String, Long>();
        for (var event : clicks) {
            long day = event.occurredAt() / DAY;
            for (var segment : List.of(
                    "all=",
                    "platform=" + click(event).getPlatform(),
                    "campaign=" + click(event).getCampaignId())) {
                firsts.putIfAbsent(day + " " + segment, event.occurredAt());
            }
        }
        firsts.forEach((key, first) -> {
            var segment = key.substring(key.indexOf(' ') + 1);
            add("click-days", segment, first, 1);
            paid.stream()
                    .map(CustomerEvent::occurredAt)
                    .filter(at -> at >= first)
                    .findFirst()
                    .filter(at -> at <= first + MONTH)
                    .ifPresent(at -> add("converted-click-days", segment, first, 1));
        });
    }

    private void adCost() {
        var counted = UnitOracle.units(events, policy.suppression().countsAt());
        for (var event : clicks) {
            var click = click(event);
            if (click.getRetargeting() && click.getCostMinor() != null) {
                boolean leaked = suppressed(counted, event.occurredAt(), SuppressionScope.SKU, click.getSku())
                        || suppressed(counted, event.occurredAt(), SuppressionScope.CATEGORY, click.getCategory());
                for (var segment :
                        List.of("all=", "platform=" + click.getPlatform(), "campaign=" + click.getCampaignId())) {
                    add("retargeting-cost/" + click.getCurrency(), segment, event.occurredAt(), click.getCostMinor());
                    if (leaked) {
                        add("leak-cost/" + click.getCurrency(), segment, event.occurredAt(), click.getCostMinor());
                    }
                }
            }
        }
    }

    private boolean suppressed(List<Unit> newestFirst, long at, SuppressionScope scope, String value) {
        for (var unit : newestFirst) {
            var rule = policy.suppression().rule(unit.bought.getCategory());
            var subject = scope == SuppressionScope.SKU ? unit.bought.getSku() : unit.bought.getCategory();
            if (rule.scope() == scope
                    && subject.equals(value)
                    && unit.paidAt() <= at
                    && (unit.held() || unit.takenAt() > at)) {
                return unit.paidAt() + rule.coolDown().toMillis() > at;
            }
        }
        return false;
    }
}

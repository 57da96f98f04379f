package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.LatestAnswer;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A profile recomputed from all events of a customer, as text by field. */
final class ProfileOracle {

    private ProfileOracle() {}

    /**
     * @param clock the instant up to which everything was fired
     * @param asOf the time of which the profile claims to be
     */
    static Map<String, String> at(Policy policy, Collection<CustomerEvent> history, long clock, long asOf) {
        var events = new DistinctEvents(history);
        var churn = new ChurnOracle(policy, history);
        var times = history.stream().mapToLong(CustomerEvent::occurredAt).summaryStatistics();
        var paid = events.orders(OrderStatus.PAID).stream()
                .mapToLong(CustomerEvent::occurredAt)
                .toArray();
        var units = UnitOracle.units(events, OrderStatus.PAID);
        var fields = new TreeMap<String, String>();
        fields.put("first_seen_at", text(times.getMin()));
        fields.put("last_seen_at", text(times.getMax()));
        fields.put("paid_orders", "" + paid.length);
        fields.put(
                "paid_order_days",
                ""
                        + java.util.Arrays.stream(paid)
                                .map(at -> at / CustomerEvents.DAY)
                                .distinct()
                                .count());
        fields.put("first_paid_at", paid.length == 0 ? "null" : text(paid[0]));
        fields.put("last_paid_at", paid.length == 0 ? "null" : text(paid[paid.length - 1]));
        fields.put(
                "returned_orders",
                ""
                        + units.stream()
                                .filter(UnitOracle.Unit::returned)
                                .map(unit -> unit.order.getOrderId())
                                .distinct()
                                .count());
        fields.put("revenue", revenue(units));
        for (var kind : SurveyKind.values()) {
            fields.put(kind.name(), latest(events.standingAnswers(kind)));
        }
        fields.put("tickets", "" + events.tickets().size());
        fields.put("open_tickets", "" + ChurnOracle.openSince(events).size());
        fields.put(
                "clicks",
                ""
                        + events.distinct().stream()
                                .filter(event -> event.body() instanceof AdClick)
                                .count());
        fields.put("churn_level", churn.level(clock));
        fields.put("p_alive", round(churn.pAlive(asOf)));
        fields.put("value_tier", tier(events.orders(OrderStatus.PAID), units));
        fields.put("ad_consent", consent(events));
        fields.put(
                "active_suppressions",
                ""
                        + new SuppressionOracle(policy)
                                .at(history, clock).values().stream()
                                        .filter(text -> text.startsWith("ACTIVE"))
                                        .count());
        return fields;
    }

    private static String revenue(List<UnitOracle.Unit> units) {
        var gross = new TreeMap<String, Long>();
        var returned = new TreeMap<String, Long>();
        for (var unit : units) {
            gross.merge(unit.order.getCurrency(), unit.bought.getUnitPriceMinor(), Long::sum);
            if (!unit.held()) {
                returned.merge(unit.givenBackIn, unit.givenBack, Long::sum);
                gross.merge(unit.givenBackIn, 0L, Long::sum);
            }
        }
        var text = new ArrayList<String>();
        gross.forEach((currency, sum) -> {
            long back = returned.getOrDefault(currency, 0L);
            text.add(currency + " " + sum + " - " + back + " = " + (sum - back));
        });
        return text.toString();
    }

    private static String latest(List<CustomerEvent> standing) {
        if (standing.isEmpty()) {
            return "null";
        }
        var latest = standing.get(standing.size() - 1);
        return ((SurveyResponse) latest.body()).getScore() + " at " + text(latest.occurredAt());
    }

    private static String consent(DistinctEvents events) {
        var consent = AdConsent.UNKNOWN;
        for (var contact : events.contacts()) {
            var word = contact.body() instanceof CustomerContact record ? record.getAdConsent() : AdConsent.DENIED;
            consent = word == AdConsent.UNKNOWN ? consent : word;
        }
        return consent.name();
    }

    private static String tier(List<CustomerEvent> paid, List<UnitOracle.Unit> units) {
        var currencies = units.stream()
                .flatMap(unit -> java.util.stream.Stream.of(
                        unit.order.getCurrency(), unit.held() ? unit.order.getCurrency() : unit.givenBackIn))
                .distinct()
                .toList();
        if (!currencies.equals(List.of("EUR"))) {
            return "null";
        }
        double mean = units.stream()
                        .mapToLong(unit -> unit.bought.getUnitPriceMinor())
                        .sum()
                / (double) paid.size();
        return mean < 5_000 ? "low" : mean < 20_000 ? "mid" : "high";
    }

    private static String round(Double value) {
        return value == null ? "null" : String.format(java.util.Locale.ROOT, "%.9f", value);
    }

    private static String text(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    /** {@return a profile in the words of this oracle} */
    static Map<String, String> say(CustomerProfile profile) {
        var fields = new TreeMap<String, String>();
        fields.put("first_seen_at", "" + profile.getFirstSeenAt());
        fields.put("last_seen_at", "" + profile.getLastSeenAt());
        fields.put("paid_orders", "" + profile.getPaidOrders());
        fields.put("paid_order_days", "" + profile.getPaidOrderDays());
        fields.put("first_paid_at", "" + profile.getFirstPaidAt());
        fields.put("last_paid_at", "" + profile.getLastPaidAt());
        fields.put("returned_orders", "" + profile.getReturnedOrders());
        fields.put(
                "revenue",
                profile.getRevenue().stream()
                        .map(sum -> sum.getCurrency() + " " + sum.getGrossMinor() + " - " + sum.getReturnedMinor()
                                + " = " + sum.getNetMinor())
                        .toList()
                        .toString());
        fields.put("NPS", latest(profile.getNps()));
        fields.put("CSAT", latest(profile.getCsat()));
        fields.put("CES", latest(profile.getCes()));
        fields.put("tickets", "" + profile.getTickets());
        fields.put("open_tickets", "" + profile.getOpenTickets());
        fields.put("clicks", "" + profile.getClicks());
        fields.put("churn_level", profile.getChurnLevel());
        fields.put("p_alive", round(profile.getPAlive()));
        fields.put("value_tier", "" + profile.getValueTier());
        fields.put("ad_consent", profile.getAdConsent());
        fields.put("active_suppressions", "" + profile.getActiveSuppressions());
        return fields;
    }

    private static String latest(LatestAnswer answer) {
        return answer == null ? "null" : answer.getScore() + " at " + answer.getAt();
    }
}

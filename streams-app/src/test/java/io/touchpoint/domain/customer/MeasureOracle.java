package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.UnitOracle.Unit;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdClick;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Everything that is counted of one customer, recomputed from the set of events without regard for speed. */
final class MeasureOracle {

    static final long DAY = CustomerEvents.DAY;
    static final long MONTH = 30 * DAY;

    private final Policy policy;
    private final ZoneId zone;
    private final DistinctEvents events;
    private final List<Unit> units;
    private final List<CustomerEvent> paid;
    private final List<CustomerEvent> clicks;
    private final Map<String, Long> facts = new TreeMap<>();

    private MeasureOracle(Policy policy, ZoneId zone, Collection<CustomerEvent> history) {
        this.policy = policy;
        this.zone = zone;
        this.events = new DistinctEvents(history);
        this.units = UnitOracle.units(events, OrderStatus.PAID);
        this.paid = events.orders(OrderStatus.PAID).stream()
                .sorted(Comparator.comparingLong(CustomerEvent::occurredAt)
                        .thenComparing(event -> order(event).getOrderId()))
                .toList();
        this.clicks = events.distinct().stream()
                .filter(event -> event.body() instanceof AdClick)
                .sorted(Comparator.comparingLong(CustomerEvent::occurredAt)
                        .thenComparing(event -> click(event).getClickId()))
                .toList();
    }

    /** {@return sums that are not zero, by measure, segment and time} */
    static Map<String, Long> facts(Policy policy, ZoneId zone, Collection<CustomerEvent> history) {
        var oracle = new MeasureOracle(policy, zone, history);
        oracle.orders();
        oracle.buyers();
        oracle.periods();
        oracle.newCustomer();
        oracle.lifetime();
        oracle.cohort();
        oracle.expected();
        oracle.credit();
        new AdOracle(policy, oracle.events, oracle.facts).count();
        new ExperienceOracle(oracle.events, oracle.facts).count();
        VoteOracle.votes(history).forEach((fact, amount) -> oracle.facts.merge(fact, amount, Long::sum));
        oracle.facts.values().removeIf(sum -> sum == 0);
        return oracle.facts;
    }

    private void add(String measure, String segment, long at, long amount) {
        facts.merge(measure + "|" + segment + "|" + at, amount, Long::sum);
    }

    private static OrderEvent order(CustomerEvent event) {
        return (OrderEvent) event.body();
    }

    private static AdClick click(CustomerEvent event) {
        return (AdClick) event.body();
    }

    static String country(String country) {
        return country == null ? "unknown" : country;
    }

    static String bucket(long value) {
        return value == 0 ? "z" : String.valueOf((int) Math.ceil(Math.log(value) / Math.log(1.02)));
    }

    private static long worth(OrderLine line) {
        return line.getQuantity() * line.getUnitPriceMinor();
    }

    private static long gross(OrderEvent order) {
        return order.getLines().stream().mapToLong(MeasureOracle::worth).sum();
    }

    private String tier(OrderEvent order) {
        var bounds = policy.valueTiers().get(order.getCurrency());
        return bounds == null
                ? null
                : gross(order) < bounds.get(0) ? "low" : gross(order) < bounds.get(1) ? "mid" : "high";
    }

    /** The segments of an order, and which lines count there. */
    private Map<String, Predicate<OrderLine>> segments(OrderEvent order) {
        var segments = new LinkedHashMap<String, Predicate<OrderLine>>();
        segments.put("all=", line -> true);
        segments.put("channel=" + order.getChannel(), line -> true);
        segments.put("country=" + country(order.getCountry()), line -> true);
        if (order.getPlatform() != null) {
            segments.put("platform=" + order.getPlatform(), line -> true);
        }
        if (order.getCampaignId() != null) {
            segments.put("campaign=" + order.getCampaignId(), line -> true);
        }
        if (tier(order) != null) {
            segments.put("value-tier=" + tier(order), line -> true);
        }
        for (var line : order.getLines()) {
            if (line.getCategory() != null) {
                segments.put(
                        "category=" + line.getCategory(),
                        other -> line.getCategory().equals(other.getCategory()));
            }
        }
        return segments;
    }

    private List<Unit> units(CustomerEvent purchase) {
        return units.stream().filter(unit -> unit.purchase == purchase).toList();
    }

    private void orders() {
        for (var purchase : paid) {
            var order = order(purchase);
            long at = purchase.occurredAt();
            segments(order).forEach((segment, lines) -> {
                long gross = order.getLines().stream()
                        .filter(lines)
                        .mapToLong(MeasureOracle::worth)
                        .sum();
                add("orders", segment, at, 1);
                add("revenue/" + order.getCurrency(), segment, at, gross);
                add("order-value/" + order.getCurrency() + "#" + bucket(gross), segment, at, 1);
                for (var unit : units(purchase)) {
                    if (!unit.held() && lines.test(unit.bought)) {
                        add("revenue-taken/" + unit.givenBackIn, segment, at, unit.givenBack);
                    }
                }
            });
        }
    }

    /** The times of payment by segment, ascending. */
    private Map<String, List<Long>> paymentsBySegment() {
        var times = new TreeMap<String, List<Long>>();
        for (var purchase : paid) {
            for (var segment : segments(order(purchase)).keySet()) {
                times.computeIfAbsent(segment, key -> new ArrayList<>()).add(purchase.occurredAt());
            }
        }
        return times;
    }

    private void buyers() {
        paymentsBySegment().forEach((segment, times) -> {
            long newest = times.get(times.size() - 1);
            add("buyers", segment, newest, 1);
            if (times.size() > 1) {
                add("repeat-buyers", segment, times.get(times.size() - 2), 1);
            }
            times.stream()
                    .filter(time -> time / DAY < newest / DAY)
                    .max(Long::compare)
                    .ifPresent(time -> add("repeat-buyers-days", segment, time, 1));
        });
    }

    private LocalDate date(long instant) {
        return Instant.ofEpochMilli(instant).atZone(zone).toLocalDate();
    }

    private long start(String kind, long instant) {
        var date = date(instant);
        var first = switch (kind) {
            case "DAY" -> date;
            case "WEEK" -> date.with(WeekFields.ISO.dayOfWeek(), 1);
            default -> date.withDayOfMonth(1);
        };
        return first.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private long next(String kind, long start) {
        var date = date(start);
        var next = switch (kind) {
            case "DAY" -> date.plusDays(1);
            case "WEEK" -> date.plusDays(7);
            default -> date.plusMonths(1);
        };
        return next.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private void periods() {
        paymentsBySegment().forEach((segment, times) -> {
            if (segment.startsWith("platform") || segment.startsWith("campaign") || segment.startsWith("value-tier")) {
                return;
            }
            for (var kind : List.of("DAY", "WEEK", "MONTH")) {
                var starts = new TreeSet<Long>();
                times.forEach(time -> starts.add(start(kind, time)));
                for (long start : starts) {
                    var within = times.stream()
                            .filter(time -> start(kind, time) == start)
                            .toList();
                    add("buyers@" + kind, segment, start, 1);
                    if (within.size() > 1) {
                        add("repeat-buyers@" + kind, segment, start, 1);
                    }
                    if (within.stream().map(time -> time / DAY).distinct().count() > 1) {
                        add("repeat-buyers-days@" + kind, segment, start, 1);
                    }
                    if (segment.startsWith("all") || segment.startsWith("country")) {
                        long next = next(kind, start);
                        add("retention-base@" + kind, segment, next, 1);
                        if (starts.contains(next)) {
                            add("retained@" + kind, segment, next, 1);
                        }
                    }
                }
            }
        });
    }

    private List<CustomerEvent> credited(CustomerEvent purchase) {
        return path(purchase.occurredAt(), policy.attribution().lookback().toMillis());
    }

    private List<CustomerEvent> path(long paidAt, long lookback) {
        return clicks.stream()
                .filter(click -> click.occurredAt() <= paidAt && click.occurredAt() >= paidAt - lookback)
                .toList();
    }

    private void newCustomer() {
        if (paid.isEmpty()) {
            return;
        }
        long at = paid.get(0).occurredAt();
        var order = order(paid.get(0));
        var path = path(at, MONTH);
        var last = path.isEmpty() ? null : click(path.get(path.size() - 1));
        add("new-customers", "all=", at, 1);
        add("new-customers", "country=" + country(order.getCountry()), at, 1);
        add("new-customers", "channel=" + order.getChannel(), at, 1);
        add("new-customers", "platform=" + (last == null ? "none" : last.getPlatform()), at, 1);
        add("new-customers", "campaign=" + (last == null ? "none" : last.getCampaignId()), at, 1);
    }

    /** What is left of an order, by currency. */
    private Map<String, Long> net(CustomerEvent purchase) {
        var net = new TreeMap<String, Long>();
        net.put(order(purchase).getCurrency(), gross(order(purchase)));
        for (var unit : units(purchase)) {
            if (!unit.held()) {
                net.merge(unit.givenBackIn, -unit.givenBack, Long::sum);
            }
        }
        return net;
    }

    private void lifetime() {
        if (paid.isEmpty()) {
            return;
        }
        var segments = List.of("all=", "country=" + country(order(paid.get(0)).getCountry()));
        var currencies = new TreeSet<String>();
        for (var purchase : paid) {
            for (var segment : segments) {
                net(purchase)
                        .forEach((currency, net) -> add("ltv-net/" + currency, segment, purchase.occurredAt(), net));
                if (!currencies.contains(order(purchase).getCurrency())) {
                    add("ltv-customers/" + order(purchase).getCurrency(), segment, purchase.occurredAt(), 1);
                }
            }
            currencies.add(order(purchase).getCurrency());
        }
    }

    /** At the end of each month by what happened before it. */
    private void expected() {
        if (paid.isEmpty()) {
            return;
        }
        long until = paid.get(paid.size() - 1).occurredAt() + 365 * DAY;
        long month = start("MONTH", paid.get(0).occurredAt());
        for (long end = next("MONTH", month); end <= until; month = end, end = next("MONTH", month)) {
            long atEnd = end;
            var before = events.all().stream()
                    .filter(event -> event.occurredAt() < atEnd)
                    .toList();
            var expected = new ChurnOracle(policy, before).expected(end);
            if (expected != null) {
                add("clv-expected/" + expected.getKey() + "@MONTH", "all=", month, expected.getValue());
                add("clv-customers/" + expected.getKey() + "@MONTH", "all=", month, 1);
            }
        }
    }

    private void cohort() {
        if (paid.isEmpty()) {
            return;
        }
        long first = start("MONTH", paid.get(0).occurredAt());
        var cohort = "cohort=" + date(first).toString().substring(0, 7);
        add("cohort-customers@MONTH", cohort, first, 1);
        var months = new TreeSet<Long>();
        for (var purchase : paid) {
            long month = start("MONTH", purchase.occurredAt());
            if (months.add(month)) {
                add("cohort-active@MONTH", cohort, month, 1);
            }
            net(purchase).forEach((currency, net) -> add("cohort-net/" + currency + "@MONTH", cohort, month, net));
        }
    }

    private void credit() {
        for (var purchase : paid) {
            var order = order(purchase);
            var path = credited(purchase);
            long cost = 0;
            var uncosted = new TreeSet<Integer>();
            for (var unit : units(purchase)) {
                if (unit.held() && unit.bought.getUnitCostMinor() != null) {
                    cost += unit.bought.getUnitCostMinor();
                } else if (unit.held()) {
                    uncosted.add(unit.line);
                }
            }
            for (var model : SplitOracle.MODELS) {
                var prefix = order.getCurrency() + "/" + model;
                for (var net : net(purchase).entrySet()) {
                    var in = net.getKey() + "/" + model;
                    long costs = net.getKey().equals(order.getCurrency()) ? cost : 0;
                    credit("credit/" + in, purchase.occurredAt(), path, model, net.getValue());
                    credit("credit-margin/" + in, purchase.occurredAt(), path, model, net.getValue() - costs);
                }
                touched(path, model)
                        .forEach(segment ->
                                add("credit-uncosted/" + prefix, segment, purchase.occurredAt(), uncosted.size()));
            }
        }
    }

    private void credit(String measure, long at, List<CustomerEvent> path, String model, long amount) {
        var split = split(path, model, amount);
        add(measure, "all=", at, amount);
        for (int i = 0; i < split.size(); i++) {
            add(measure, "platform=" + platform(path, i), at, split.get(i));
            add(measure, "campaign=" + campaign(path, i), at, split.get(i));
        }
    }

    private static String platform(List<CustomerEvent> path, int touch) {
        return path.isEmpty() ? "none" : click(path.get(touch)).getPlatform();
    }

    private static String campaign(List<CustomerEvent> path, int touch) {
        return path.isEmpty() ? "none" : click(path.get(touch)).getCampaignId();
    }

    private List<Long> split(List<CustomerEvent> path, String model, long amount) {
        return path.isEmpty()
                ? List.of(amount)
                : SplitOracle.split(
                        model,
                        path.stream().map(CustomerEvent::occurredAt).toList(),
                        policy.attribution().halfLife().toMillis(),
                        amount);
    }

    /** The segments in which some touch has a share. */
    private static TreeSet<String> touched(List<CustomerEvent> path, String model) {
        var touched = new TreeSet<String>();
        touched.add("all=");
        for (int i = 0; i < Math.max(1, path.size()); i++) {
            boolean shares = path.isEmpty()
                    || !(model.equals("first") && i > 0) && !(model.equals("last") && i < path.size() - 1);
            if (shares) {
                touched.add("platform=" + platform(path, i));
                touched.add("campaign=" + campaign(path, i));
            }
        }
        return touched;
    }

    /** {@return what every touch earned, by order, model, click and currency} */
    static Map<String, Long> credits(Policy policy, Collection<CustomerEvent> history) {
        var oracle = new MeasureOracle(policy, ZoneId.of("Z"), history);
        var credits = new TreeMap<String, Long>();
        for (var purchase : oracle.paid) {
            var path = oracle.credited(purchase);
            for (var model : SplitOracle.MODELS) {
                oracle.net(purchase).forEach((currency, net) -> {
                    var split = oracle.split(path, model, net);
                    for (int i = 0; i < split.size(); i++) {
                        var touch = path.isEmpty() ? "none" : click(path.get(i)).getClickId();
                        credits.merge(
                                order(purchase).getOrderId() + "|" + model + "|" + touch + "|" + currency,
                                split.get(i),
                                Long::sum);
                    }
                });
            }
        }
        credits.values().removeIf(credit -> credit == 0);
        return credits;
    }
}

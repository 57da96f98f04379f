package io.touchpoint.domain.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.PeriodKind;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.domain.rollup.RollUp;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.FactPartial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What must hold between KPIs whatever happened: random histories through the fold and the roll-up. */
class IdentitiesTest {

    private static final int WORLDS = 12;
    private static final int CUSTOMERS = 25;
    private static final Policy POLICY = Policies.countingAt(OrderStatus.PAID);

    /** KPIs, and dimensions of which each of their facts has exactly one value: sums over the segments are those over all. */
    private static final Map<List<String>, List<String>> PARTITIONS = Map.of(
            List.of("orders", "revenue", "revenue-net", "aov", "aov-net", "aov-median"), List.of("country", "channel"),
            List.of("new-customers"), List.of("country", "channel", "platform", "campaign"),
            List.of("ltv"), List.of("country"),
            List.of("csat", "ces", "ces-top"), List.of("touchpoint", "channel", "country"),
            List.of("response-rate"), List.of("touchpoint", "channel"),
            List.of("leak-cost", "leak-share", "roas", "drr", "romi"), List.of("platform", "campaign"),
            List.of("tickets-opened", "tickets-open", "reopen-rate", "first-reply"), List.of("channel"),
            List.of("journey-steps"), List.of("step"));

    private static final List<String> QUANTILES = List.of("aov-median", "first-reply");
    private static final List<String> SUMS = List.of(
            "orders",
            "revenue",
            "revenue-net",
            "new-customers",
            "leak-cost",
            "tickets-opened",
            "tickets-open",
            "journey-steps");

    /** Many customers and some spend, at one instant. */
    private static final class World {
        final List<FoldedCustomer> customers = new ArrayList<>();
        final Map<String, KpiValue> values = new TreeMap<>();
        final Instant now;

        World(long seed) {
            var random = new Random(seed);
            var facts = new Facts();
            long end = 0;
            for (int i = 0; i < CUSTOMERS; i++) {
                var history = new RandomHistory(seed * CUSTOMERS + i);
                var customer = new FoldedCustomer(POLICY);
                history.shuffled(history.doubled(), 7).forEach(customer::apply);
                customers.add(customer);
                customer.decisions().facts().forEach((fact, amount) -> add(fact, amount, facts));
                end = Math.max(end, history.end());
            }
            spend(random, facts);
            var rollUp = new RollUp(
                    KpiCatalogue.standard(),
                    1,
                    new CalendarRules(FoldedCustomer.ZONE, Duration.ZERO, Duration.ofDays(800)));
            facts.drain(0, end).forEach(rollUp::apply);
            // Within the history, so that windows hold something.
            long clock = CustomerEvents.START + (long) (random.nextDouble() * 200 + 30) * CustomerEvents.DAY;
            now = Instant.ofEpochMilli(clock);
            rollUp.apply(new FactPartial(0, clock, false, "", "", List.of()));
            rollUp.publish(value -> values.put(KpiKey.of(value), value));
        }

        private static void add(String fact, long amount, Facts facts) {
            var parts = fact.split("\\|");
            if (parts[0].equals("churn-level")) {
                return;
            }
            // Of a total that never ages the time does not matter.
            parts[2] = parts[0].equals("audience-members") ? "1" : parts[2];
            int equals = parts[1].indexOf('=');
            facts.add(
                    parts[0],
                    parts[1].substring(0, equals),
                    parts[1].substring(equals + 1),
                    Long.parseLong(parts[2]),
                    amount);
        }

        private static void spend(Random random, Facts facts) {
            for (int day = 0; day < 200; day++) {
                long at = CustomerEvents.START + day * CustomerEvents.DAY;
                long amount = random.nextInt(20_000);
                var platform = List.of("meta", "google").get(random.nextInt(2));
                facts.add("spend/EUR", "all", "", at, amount);
                facts.add("spend/EUR", "platform", platform, at, amount);
                facts.add("spend/EUR", "campaign", "k" + (1 + random.nextInt(3)), at, amount);
            }
        }

        List<KpiValue> of(String kpi) {
            return values.values().stream()
                    .filter(value -> value.getKpi().equals(kpi))
                    .toList();
        }

        /** The value of another KPI in the same segment and time. */
        KpiValue beside(KpiValue value, String kpi) {
            var key = KpiKey.of(value);
            return values.get(kpi + key.substring(key.indexOf('|')));
        }
    }

    private interface Identity {
        int compared(World world);
    }

    private static void inEveryWorld(Identity identity) {
        int compared = 0;
        for (long seed = 0; seed < WORLDS; seed++) {
            try {
                compared += identity.compared(new World(seed));
            } catch (AssertionError e) {
                throw new AssertionError("world of seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(compared).as("comparisons").isGreaterThan(200);
    }

    @Test
    void shouldRetainAndLoseEachBuyerOfThePeriodBefore() {
        inEveryWorld(world -> {
            int compared = 0;
            for (var crr : world.of("crr")) {
                var churn = world.beside(crr, "churn-rate");
                assertThat(churn.getDenominator()).isEqualTo(crr.getDenominator());
                assertThat(churn.getNumerator() + crr.getNumerator()).isEqualTo(crr.getDenominator());
                assertThat(crr.getNumerator()).isBetween(0.0, crr.getDenominator());
                assertThat(crr.getValue() + churn.getValue()).isCloseTo(100, within(1e-9));
                compared++;
            }
            return compared;
        });
    }

    /** The people of crr are the buyers of rpr, a period later. */
    @Test
    void shouldRetainOfTheBuyersThatRprCounts() {
        inEveryWorld(world -> {
            var bases = new HashMap<String, Double>();
            world.of("crr").forEach(crr -> bases.merge(place(crr), crr.getDenominator(), Double::sum));
            var buyers = new HashMap<String, Double>();
            world.of("rpr").stream()
                    .filter(rpr -> rpr.getPeriod() != null)
                    .filter(rpr -> List.of("all", "country").contains(rpr.getSegmentDimension()))
                    .filter(rpr -> !nextStart(rpr).isAfter(world.now))
                    .forEach(rpr -> buyers.merge(place(rpr), rpr.getDenominator(), Double::sum));
            assertThat(bases).isEqualTo(buyers);
            return world.of("rpr").size();
        });
    }

    private static Instant nextStart(KpiValue value) {
        var start = value.getPeriodStart().atZone(FoldedCustomer.ZONE).toLocalDate();
        return PeriodKind.valueOf(value.getWindow())
                .next(start)
                .atStartOfDay(FoldedCustomer.ZONE)
                .toInstant();
    }

    private static String place(KpiValue value) {
        return value.getSegmentDimension() + "=" + value.getSegmentValue() + "|" + value.getWindow();
    }

    @Test
    void shouldShareOutAllNetRevenueUnderEveryModel() {
        inEveryWorld(world -> {
            int compared = 0;
            for (var roas : world.of("roas")) {
                if (roas.getSegmentDimension().equals("all")) {
                    var key = KpiKey.of(roas).replace("/" + roas.getModel(), "").replaceFirst("roas", "revenue-net");
                    var net = world.values.get(key);
                    assertThat(roas.getNumerator()).as(KpiKey.of(roas)).isEqualTo(net == null ? 0 : net.getNumerator());
                    compared += net == null ? 0 : 1;
                }
            }
            return compared;
        });
    }

    @Test
    void shouldMultiplyRoasAndDrrToAHundred() {
        inEveryWorld(world -> {
            int compared = 0;
            for (var roas : world.of("roas")) {
                var drr = world.beside(roas, "drr");
                assertThat(drr.getNumerator()).isEqualTo(roas.getDenominator());
                assertThat(drr.getDenominator()).isEqualTo(roas.getNumerator());
                if (roas.getValue() != null && drr.getValue() != null) {
                    assertThat(roas.getValue() * drr.getValue()).isCloseTo(100, within(1e-9));
                    compared++;
                }
            }
            return compared;
        });
    }

    @Test
    void shouldHaveTheMembersThatWereAddedAndNotRemoved() {
        inEveryWorld(world -> {
            var members = new TreeMap<String, Double>();
            int changes = 0;
            for (var customer : world.customers) {
                for (var change : customer.decisions().audience().changes()) {
                    if (change.value() != null && !change.value().getCause().equals("REFRESHED")) {
                        boolean add = change.value().getChange() == MembershipChange.ADD;
                        members.merge(change.value().getPlatform(), add ? 1.0 : -1.0, Double::sum);
                        changes++;
                    }
                }
            }
            members.values().removeIf(sum -> sum == 0);
            var counted = new TreeMap<String, Double>();
            world.of("audience-members").forEach(value -> counted.put(value.getSegmentValue(), value.getValue()));
            counted.values().removeIf(value -> value == 0);
            assertThat(counted).isEqualTo(members);
            return changes;
        });
    }

    @Test
    void shouldSumUpOverSegmentsToAll() {
        var seen = new TreeSet<String>();
        inEveryWorld(world -> {
            int compared = 0;
            for (var partition : PARTITIONS.entrySet()) {
                for (var kpi : partition.getKey()) {
                    for (var dimension : partition.getValue()) {
                        int some = sumUp(world, kpi, dimension);
                        compared += some;
                        if (some > 0) {
                            seen.add(kpi + " by " + dimension);
                        }
                    }
                }
            }
            return compared;
        });
        assertThat(seen)
                .hasSize(PARTITIONS.entrySet().stream()
                        .mapToInt(each -> each.getKey().size() * each.getValue().size())
                        .sum());
    }

    private static int sumUp(World world, String kpi, String dimension) {
        Map<String, double[]> all = new TreeMap<>();
        Map<String, double[]> sums = new TreeMap<>();
        for (var value : world.of(kpi)) {
            var into = value.getSegmentDimension().equals("all")
                    ? all
                    : value.getSegmentDimension().equals(dimension) ? sums : null;
            if (into != null) {
                var key = KpiKey.of(value).replaceFirst("\\|[^|/]*", "|");
                var sum = into.computeIfAbsent(key, at -> new double[3]);
                // The rank of a quantile does not add up, nor the denominator 1 of a plain sum.
                sum[0] += QUANTILES.contains(kpi) ? 0 : value.getNumerator();
                sum[1] += SUMS.contains(kpi) ? 0 : value.getDenominator();
                sum[2] += value.getN();
            }
        }
        all.forEach((key, sum) -> assertThat(sums.getOrDefault(key, new double[3]))
                .as("%s by %s", key, dimension)
                .containsExactly(sum, within(1e-6)));
        return all.size();
    }

    @Test
    void shouldShareOutTheNetAmountOfEachOrderAfterEveryEvent() {
        int compared = 0;
        for (long seed = 0; seed < 60; seed++) {
            var history = new RandomHistory(seed);
            var customer = new FoldedCustomer(POLICY);
            var known = new ArrayList<CustomerEvent>();
            for (var event : history.shuffled(history.orderly(), 7)) {
                customer.apply(event);
                known.add(event);
                if (event.body() instanceof OrderEvent) {
                    var nets = nets(known);
                    for (var model : SplitOracle.MODELS) {
                        assertThat(shared(customer, model))
                                .as("seed %d, %s", seed, model)
                                .isEqualTo(nets);
                        compared += nets.size();
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(1_000);
    }

    /** {@return what is left of every order where that is not nothing, by order and currency: the first touch gets all of it} */
    private static Map<String, Long> nets(List<CustomerEvent> known) {
        var nets = new TreeMap<String, Long>();
        MeasureOracle.credits(POLICY, known).forEach((credit, amount) -> {
            var parts = credit.split("\\|");
            if (parts[1].equals("first")) {
                nets.put(parts[0] + "|" + parts[3], amount);
            }
        });
        return nets;
    }

    /** {@return what all touches of an order earned, by order and currency} */
    private static Map<String, Long> shared(FoldedCustomer customer, String model) {
        var shared = new TreeMap<String, Long>();
        for (var credit : customer.decisions().credits().values()) {
            if (credit.getModel().equals(model)) {
                shared.merge(credit.getOrderId() + "|" + credit.getCurrency(), credit.getCreditMinor(), Long::sum);
            }
        }
        shared.values().removeIf(sum -> sum == 0);
        return shared;
    }

    @Test
    void shouldEndAtNothingForEveryTouchWhenAllIsTakenBack() {
        int orders = 0;
        for (long seed = 0; seed < 200; seed++) {
            var history = new RandomHistory(seed);
            var customer = new FoldedCustomer(POLICY);
            // Returns at other prices than those paid leave a rest, which is right.
            var events = history.shuffled(history.orderly(), 7).stream()
                    .filter(event -> !(event.body() instanceof OrderEvent order)
                            || order.getStatus() != OrderStatus.RETURNED
                                    && (order.getStatus() != OrderStatus.CANCELLED
                                            || order.getLines().isEmpty()))
                    .toList();
            var ids = new TreeSet<String>();
            for (var event : events) {
                customer.apply(event);
                if (event.body() instanceof OrderEvent order && order.getStatus() == OrderStatus.PAID) {
                    ids.add(order.getOrderId());
                }
            }
            long last = history.end();
            for (var id : ids) {
                customer.apply(CustomerEvents.cancelled(id, last++));
            }
            assertThat(customer.decisions().creditSums()).as("seed %d", seed).isEmpty();
            orders += ids.size();
        }
        assertThat(orders).isGreaterThan(200);
    }
}

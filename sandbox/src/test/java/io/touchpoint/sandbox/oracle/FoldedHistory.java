package io.touchpoint.sandbox.oracle;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.customer.Customer;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.customer.Decisions;
import io.touchpoint.domain.customer.Limits;
import io.touchpoint.domain.customer.Verdict;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.marketing.LeadFold;
import io.touchpoint.domain.marketing.SpendFold;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.domain.rollup.Publication;
import io.touchpoint.domain.rollup.RollUp;
import io.touchpoint.history.HistoryEvent;
import io.touchpoint.json.OutputLines;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.LeadState;
import io.touchpoint.records.state.SpendState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What the pipeline makes of a history, without a broker: the events go through the folds and the facts through the roll-up as in the tasks of the topology,
 * sent and published at moments that a seed decides, and what stands published at the end is written as a replay writes it.
 */
final class FoldedHistory implements Publication {
    private static final int TASKS = 2;
    private static final String RUN = "run";

    private final CustomerFold fold;
    private final EventCheck check = new EventCheck(Duration.ofMinutes(10));
    private final Random random;
    private final RollUp rollUp = new RollUp(
            KpiCatalogue.standard(),
            TASKS,
            new CalendarRules(ZoneOffset.UTC, Duration.ofHours(24), Limits.DEFAULT.historyHorizon()));
    private final Task[] tasks = new Task[TASKS];
    private final Map<String, SpendState> spends = new HashMap<>();
    private final Map<String, LeadState> leads = new HashMap<>();
    private final Map<String, KpiValue> values = new TreeMap<>();
    private final Map<String, AttributionCredit> credits = new TreeMap<>();

    FoldedHistory(Policy policy, Random random) {
        this.random = random;
        fold = new CustomerFold(policy, Limits.DEFAULT, ZoneOffset.UTC);
        for (int task = 0; task < TASKS; task++) {
            tasks[task] = new Task(task);
        }
    }

    /** One task of the fold: its customers, its facts and its clock. */
    private final class Task implements Decisions {
        private final int number;
        private final Facts facts = new Facts();
        private final Map<String, Customer> customers = new HashMap<>();
        private long clock;

        private Task(int number) {
            this.number = number;
        }

        private void take(HistoryEvent event, long now) {
            clock = Math.max(clock, event.occurredAt());
            if (event.value() instanceof AdSpend spend) {
                var known = spends.get(event.key());
                spends.put(event.key(), SpendFold.apply(known, spend, facts));
                account(
                        SpendFold.repeats(known, spend)
                                ? Measures.RECORDS_DUPLICATE.id()
                                : Measures.RECORDS_FOLDED.id());
            } else if (event.value() instanceof LeadEvent lead) {
                var known = leads.get(event.key());
                leads.put(event.key(), LeadFold.apply(known, lead, facts));
                account(LeadFold.repeats(known, lead) ? Measures.RECORDS_DUPLICATE.id() : Measures.RECORDS_FOLDED.id());
            } else {
                fold(event, now);
            }
        }

        private void fold(HistoryEvent read, long now) {
            var event = CustomerEvent.of(read.value());
            var refusal = check.check(read.key(), event, now);
            if (refusal == null) {
                var customer = customers.computeIfAbsent(event.customerId(), id -> Customer.unknown());
                var verdict = fold.apply(customer, event, this);
                if (!(verdict instanceof Verdict.Refused refused)) {
                    account(verdict == Verdict.FOLDED ? Measures.RECORDS_FOLDED.id() : Measures.RECORDS_DUPLICATE.id());
                    return;
                }
                refusal = refused.refusal();
            }
            account(Measures.RECORDS_REJECTED.id());
            facts.add(Measures.RECORDS_REJECTED.id(), "reason", refusal.reason().name(), clock, 1);
        }

        private void account(String what) {
            for (var measure : List.of(
                    Measures.RECORDS_FOLDED,
                    Measures.RECORDS_DUPLICATE,
                    Measures.RECORDS_REJECTED,
                    Measures.RECORDS_READ)) {
                boolean counts =
                        measure == Measures.RECORDS_READ || measure.id().equals(what);
                facts.add(measure.id(), Facts.ALL, "", clock, counts ? 1 : 0);
            }
            for (var reason : Refusal.Reason.values()) {
                facts.add(Measures.RECORDS_READ.id(), "reason", reason.name(), clock, 1);
            }
        }

        private void advance(long to) {
            clock = Math.max(clock, to);
            customers.values().forEach(customer -> fold.advance(customer, clock, this));
        }

        private void send(boolean end) {
            facts.drain(number, clock).forEach(rollUp::apply);
            rollUp.apply(new FactPartial(number, clock, end, end ? RUN : "", "", List.of()));
        }

        @Override
        public void fact(String measure, String dimension, String value, long eventTime, long amount) {
            facts.add(measure, dimension, value, eventTime, amount);
        }

        @Override
        public void credit(String key, AttributionCredit credit, long at) {
            if (credits.put(key, credit) != null) {
                throw new AssertionError("told twice: " + credit);
            }
        }

        @Override
        public void suppression(String key, Suppression suppression, long at) {}

        @Override
        public void audience(String key, AudienceChange change, long at) {}

        @Override
        public void dropped(Platform platform, int addresses) {}

        @Override
        public void churn(String customerId, ChurnSignal signal, long at) {}

        @Override
        public void erased(String customerId, ErasureReceipt receipt, long at) {}
    }

    /** Takes the events in this order, and then the end. */
    void fold(List<HistoryEvent> events, Instant until) {
        for (var event : events) {
            tasks[Math.floorMod(event.key().hashCode(), TASKS)].take(event, SmallHistoriesTest.NOW.toEpochMilli());
            if (random.nextInt(8) == 0) {
                var task = tasks[random.nextInt(TASKS)];
                task.advance(task.clock);
                task.send(false);
            }
            if (random.nextInt(16) == 0) {
                rollUp.publish(this);
            }
        }
        for (var task : tasks) {
            task.advance(until.toEpochMilli());
            task.send(true);
        }
        rollUp.publish(this);
    }

    /** Writes the values and the credits to the files that a replay writes them to. */
    void write(Path out) throws IOException {
        try (var rolling = OutputLines.create(out.resolve("kpis-rolling.jsonl"));
                var calendar = OutputLines.create(out.resolve("kpis-calendar.jsonl"));
                var attribution = OutputLines.create(out.resolve("attribution.jsonl"))) {
            for (var value : values.entrySet()) {
                (value.getValue().getPeriod() == null ? rolling : calendar).write(value.getKey(), 0, value.getValue());
            }
            for (var credit : credits.entrySet()) {
                attribution.write(credit.getKey(), 0, credit.getValue());
            }
        }
    }

    @Override
    public void value(KpiValue value) {
        values.put(KpiKey.of(value), value);
    }

    @Override
    public void gone(KpiValue last) {
        values.remove(KpiKey.of(last));
    }
}

package io.touchpoint.topology;

import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.customer.Customer;
import io.touchpoint.domain.customer.CustomerFold;
import io.touchpoint.domain.customer.Decisions;
import io.touchpoint.domain.customer.Verdict;
import io.touchpoint.domain.intake.Origin;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.policy.PolicyPrint;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.serdes.SingleObjectSerde;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The one stateful step per customer: loads the customer, lets the fold apply the event, keeps the customer for the commit, forwards what was decided.
 *
 * <p>Decisions leave at once; states, profiles and facts leave in the commit, in the same transaction, so that nothing is deferred past one.
 */
final class CustomerProcessor implements Processor<String, Arrival, String, Outcome>, Decisions {

    static final Duration TICK = Duration.ofMillis(50);
    private static final int FIRE_AT_ONCE = 500;
    private static final long FIRE_NANOS = 20_000_000;
    private static final int REVIEW_AT_ONCE = 50;
    private static final int FLUSH_EARLY = 20_000;
    private static final long CLOCK_STEP = 1_000;

    private final CustomerFold fold;
    private final TopologySettings settings;
    private final SingleObjectSerde<CustomerState> serde;

    // All that follows is made in init: Kafka Streams initialises the same processor again after a fault, and whatever
    // the aborted
    // transaction left behind would count twice.
    private Facts facts;
    private FoldLedger ledger;
    private PoisonGuard guard;
    private Cancellable ticking;
    private ProcessorContext<String, Outcome> context;
    private InputLag.Watch waiting;
    private long processed;
    private CustomerStates states;
    private HotCustomers customers;
    private Timers timers;
    private PolicyReview review;
    private PipelineClock clock;
    private CommitForwarder forwarder;
    private FoldMetrics metrics;
    private long storedClock;
    private long sentClock;

    CustomerProcessor(TopologySettings settings, SingleObjectSerde<CustomerState> serde) {
        this.settings = settings;
        this.serde = serde;
        this.fold = new CustomerFold(
                settings.policy(), settings.limits(), settings.calendar().zone(), settings.catalogue()::counts);
    }

    @Override
    public void init(ProcessorContext<String, Outcome> processorContext) {
        context = processorContext;
        facts = new Facts();
        ledger = new FoldLedger();
        guard = new PoisonGuard(settings.poison());
        sentClock = 0;
        KeyValueStore<Bytes, byte[]> stateStore = context.getStateStore(CustomerStep.STATES);
        KeyValueStore<Bytes, byte[]> timerStore = context.getStateStore(CustomerStep.TIMERS);
        CommitHook hook = context.getStateStore(CustomerStep.COMMIT);
        states = new CustomerStates(stateStore, serde, settings.stateBytesLimit());
        customers = new HotCustomers(states, settings.hotCustomers());
        timers = new Timers(timerStore);
        review = new PolicyReview(stateStore, timers, PolicyPrint.of(settings.policy()));
        storedClock = timers.clock();
        clock = new PipelineClock(
                settings.eventTimeOnly() ? PipelineClock.Mode.EVENT : PipelineClock.Mode.LIVE, storedClock);
        forwarder = CommitForwarder.of(context);
        metrics = FoldMetrics.of(context);
        waiting = settings.inputLag()
                .over(Topics.ofCustomers().stream()
                        .map(Topic::name)
                        .map(topic -> new TopicPartition(topic, context.taskId().partition()))
                        .toList());
        processed = 0;
        hook.onCommit(() -> forwarder.during(clock.now(), this::flush));
        ticking = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    /** Kafka Streams keeps the schedules of a processor when it initialises it again. */
    @Override
    public void close() {
        ticking.cancel();
    }

    @Override
    public void process(Record<String, Arrival> record) {
        long began = FoldMetrics.begin(++processed);
        var arrival = record.value();
        if (arrival instanceof Arrival.Event event) {
            apply(record, event);
        } else if (arrival instanceof Arrival.Refused refused) {
            reject(record, refused.refusal(), refused.eventId(), refused.raw());
        } else if (arrival instanceof Arrival.End end) {
            finish(end.marker());
        }
        metrics.end(began);
        flushEarly();
    }

    private void flushEarly() {
        if (customers.changedCount() >= FLUSH_EARLY) {
            metrics.flushedEarly();
            flush();
        }
    }

    private void apply(Record<String, Arrival> record, Arrival.Event arrival) {
        var event = arrival.event();
        var entry = customers.customer(event.customerId());
        var before = entry.customer().state();
        causedAt(Math.max(clock.now(), event.occurredAt()));
        if (review.awaits(entry.key()) && entry.customer().known()) {
            review(entry);
        }
        var verdict = fold.apply(entry.customer(), event, this);
        if (verdict instanceof Verdict.Refused refused) {
            reject(record, refused.refusal(), event.eventId(), arrival.raw());
            return;
        }
        if (before.getArmed() != 0 && entry.customer().state() != before) {
            // Forgotten, and with it the deadline.
            timers.disarm(before.getArmed(), entry.key());
        }
        guard.read(origin().topic());
        if (verdict == Verdict.FOLDED) {
            ledger.folded();
        } else {
            ledger.duplicate();
        }
        if (clock.caughtUp()) {
            ledger.delayed(context.currentSystemTimeMs() - event.occurredAt());
        }
        clock.observe(event.occurredAt());
        arm(entry);
        customers.changed(entry);
    }

    /** In a replay facts say what led to them, so that what is made of them does not depend on how far which task has come. */
    private void causedAt(long time) {
        if (settings.eventTimeOnly()) {
            facts.causedAt(time);
        }
    }

    /** The armed entry only moves earlier; one that fires too early finds nothing due and arms anew. */
    private void arm(HotCustomers.Entry entry) {
        var customer = entry.customer();
        var state = customer.state();
        if (state.getArmed() != 0 && !fold.settled(customer)) {
            return;
        }
        long next = fold.nextDeadline(customer);
        if (next != Long.MAX_VALUE && (state.getArmed() == 0 || next < state.getArmed())) {
            disarm(entry);
            timers.arm(next, entry.key());
            state.setArmed(next);
        }
    }

    private void tick(long wallClock) {
        clock.tick(context.currentSystemTimeMs(), settings.eventTimeOnly() ? 0 : waiting.waiting(processed));
        long deadline = System.nanoTime() + FIRE_NANOS;
        boolean more = true;
        while (more && System.nanoTime() < deadline) {
            more = fire(FIRE_AT_ONCE) == FIRE_AT_ONCE;
        }
        while (review.goesOn() && System.nanoTime() < deadline) {
            review();
        }
    }

    /** Decides anew of a few customers by rules that are new. */
    private void review() {
        causedAt(clock.now());
        for (var key : review.next(REVIEW_AT_ONCE)) {
            var entry = customers.customer(key);
            if (entry != null) {
                review(entry);
            }
        }
        flushEarly();
    }

    private void review(HotCustomers.Entry entry) {
        disarm(entry);
        fold.review(entry.customer(), clock.now(), this);
        arm(entry);
        customers.changed(entry);
    }

    private void disarm(HotCustomers.Entry entry) {
        var state = entry.customer().state();
        if (state.getArmed() != 0) {
            timers.disarm(state.getArmed(), entry.key());
            state.setArmed(0);
        }
    }

    private int fire(int limit) {
        var due = timers.due(clock.now(), limit);
        causedAt(clock.now());
        for (var timer : due) {
            timers.disarm(timer.deadline(), timer.customer());
            var entry = customers.customer(timer.customer());
            if (entry != null && entry.customer().state().getArmed() == timer.deadline()) {
                entry.customer().state().setArmed(0);
                if (clock.caughtUp()) {
                    metrics.late(clock.now() - timer.deadline());
                }
                if (review.awaits(entry.key())) {
                    review(entry);
                } else {
                    fold.advance(entry.customer(), clock.now(), this);
                    arm(entry);
                    customers.changed(entry);
                }
            }
        }
        metrics.fired(due.size());
        return due.size();
    }

    /** Everything deferred leaves now: in each commit, and at the end of the input. */
    private void flush() {
        customers.flush(this::publishProfile, fold::shrink);
        long now = clock.now();
        ledger.tell(metrics);
        facts.causedAt(Facts.NO_CAUSE);
        ledger.moveInto(facts, now, settings.arrival(context.currentSystemTimeMs()));
        int task = context.taskId().partition();
        for (var partial : facts.drain(task, now)) {
            context.forward(new Record<>(partial.getDimension(), new Outcome.FactsSummed(partial), now));
        }
        if (now - sentClock >= CLOCK_STEP) {
            sendClock(now, false, "");
        }
        if (now != storedClock) {
            timers.clock(now);
            storedClock = now;
        }
        review.save();
        metrics.store(states.takeGets(), states.takePuts());
        metrics.capped(customers.takeCapped());
        metrics.publish();
    }

    private void publishProfile(Customer customer) {
        fold.age(customer);
        if (customer.known()) {
            var profile = new Outcome.ProfileChanged(fold.profile(customer));
            context.forward(new Record<>(customer.state().getCustomerId(), profile, fold.asOf(customer)));
        }
    }

    private void sendClock(long now, boolean end, String run) {
        for (int partition = 0; partition < settings.rollUpPartitions(); partition++) {
            var partial = new FactPartial(context.taskId().partition(), now, end, run, "", List.of());
            context.forward(new Record<>(FactPartitioner.keyOf(partition), new Outcome.FactsSummed(partial), now));
        }
        sentClock = now;
    }

    private void finish(EndMarker marker) {
        clock.observe(marker.getUntil());
        while (review.goesOn()) {
            review();
        }
        while (fire(FIRE_AT_ONCE) > 0) {
            flushEarly();
        }
        flush();
        sendClock(Math.max(marker.getUntil(), clock.now()), true, marker.getRun());
    }

    private Origin origin() {
        var metadata = context.recordMetadata().orElseThrow();
        return new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    }

    private void reject(Record<String, Arrival> record, Refusal refusal, String eventId, byte[] raw) {
        var origin = origin();
        ledger.rejected(refusal.reason());
        metrics.rejected(refusal.reason());
        guard(refusal, origin);
        var rejected = Rejections.of(origin, refusal, eventId, record.key(), raw);
        context.forward(new Record<>(origin.key(), new Outcome.RecordRejected(rejected), record.timestamp()));
    }

    private void guard(Refusal refusal, Origin origin) {
        switch (refusal.reason()) {
            case UNDECODABLE, INVALID, WRONG_KEY -> guard.refused(origin, refusal);
            case FROM_THE_FUTURE, TOO_LATE, ERASED -> guard.read(origin.topic());
        }
    }

    @Override
    public void suppression(String key, Suppression suppression, long at) {
        metrics.suppression(suppression);
        context.forward(new Record<>(key, new Outcome.SuppressionDecided(suppression), at));
    }

    @Override
    public void audience(String key, AudienceChange change, long at) {
        context.forward(new Record<>(key, new Outcome.AudienceChanged(change), at));
    }

    @Override
    public void dropped(Platform platform, int addresses) {
        metrics.dropped(platform, addresses);
    }

    @Override
    public void churn(String customerId, ChurnSignal signal, long at) {
        metrics.churn(signal);
        context.forward(new Record<>(customerId, new Outcome.ChurnSignalled(signal), at));
    }

    @Override
    public void erased(String customerId, ErasureReceipt receipt, long at) {
        context.forward(new Record<>(customerId, new Outcome.ProfileChanged(null), at));
        context.forward(new Record<>(receipt.getCustomerHash(), new Outcome.CustomerErased(receipt), at));
    }

    @Override
    public void credit(String key, AttributionCredit credit, long at) {
        context.forward(new Record<>(key, new Outcome.CreditEarned(credit), at));
    }

    @Override
    public void fact(String measure, String dimension, String value, long eventTime, long amount) {
        facts.add(measure, dimension, value, eventTime, amount);
    }
}

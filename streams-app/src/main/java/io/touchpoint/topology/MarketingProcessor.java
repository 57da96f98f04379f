package io.touchpoint.topology;

import io.touchpoint.domain.intake.MarketingCheck;
import io.touchpoint.domain.intake.Origin;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.marketing.LeadFold;
import io.touchpoint.domain.marketing.SpendFold;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.LeadState;
import io.touchpoint.records.state.SpendState;
import io.touchpoint.serdes.Decoded;
import io.touchpoint.serdes.SingleObjectSerde;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Loads what is known of a campaign's day or of a lead, lets the fold apply the record, saves. Facts leave in the commit, and before the end. */
final class MarketingProcessor implements Processor<String, MarketingArrival, String, MarketingOutcome> {

    /** How often a few states are looked at, whether they are too old to be touched. */
    static final Duration SWEEP_EVERY = Duration.ofSeconds(10);

    /** No key of spend, which has two slashes. */
    private static final String NEWEST = "newest";

    private final TopologySettings settings;
    private final MarketingCheck check;
    private final SingleObjectSerde<SpendState> spendStates;
    private final SingleObjectSerde<LeadState> leadStates;

    // Made in init: Kafka Streams initialises the same processor again after a fault.
    private ProcessorContext<String, MarketingOutcome> context;
    private KeyValueStore<String, byte[]> spends;
    private KeyValueStore<String, byte[]> leads;
    private Facts facts;
    private FoldLedger ledger;
    private PoisonGuard guard;
    private FoldMetrics metrics;
    private Cancellable sweeping;
    private long newest;
    private long storedNewest;

    MarketingProcessor(TopologySettings settings) {
        this.settings = settings;
        check = new MarketingCheck(settings.futureTolerance());
        spendStates = settings.serdes().internal(SpendState.class);
        leadStates = settings.serdes().internal(LeadState.class);
    }

    @Override
    public void init(ProcessorContext<String, MarketingOutcome> newContext) {
        context = newContext;
        spends = context.getStateStore(MarketingStep.SPEND);
        leads = context.getStateStore(MarketingStep.LEADS);
        facts = new Facts();
        ledger = new FoldLedger();
        guard = new PoisonGuard(settings.poison());
        metrics = FoldMetrics.of(context);
        byte[] stored = spends.get(NEWEST);
        newest = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        storedNewest = newest;
        Sweep oldSpend = new Sweep(spends, this::isOldSpend);
        Sweep oldLeads = new Sweep(leads, this::isOldLead);
        sweeping = context.schedule(SWEEP_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
            oldSpend.goOn();
            oldLeads.goOn();
        });
        CommitForwarder forwarder = CommitForwarder.of(context);
        CommitHook hook = context.getStateStore(MarketingStep.COMMIT);
        hook.onCommit(() -> forwarder.during(newest, this::flush));
    }

    @Override
    public void process(Record<String, MarketingArrival> record) {
        if (record.value() instanceof MarketingArrival.End end) {
            finish(record.key(), end.marker());
        } else if (record.value() instanceof MarketingArrival.Read read) {
            read(record, read.decoded());
        }
    }

    /** Kafka Streams keeps the schedules of a processor when it initialises it again. */
    @Override
    public void close() {
        sweeping.cancel();
    }

    /** Of a day before the history: whatever comes for it is too late. */
    private boolean isOldSpend(String key, byte[] row) {
        return !key.equals(NEWEST) && SpendFold.countsAt(key.substring(key.lastIndexOf('/') + 1)) < horizon(1);
    }

    /** Untouched for twice the history. What then comes for it is another lead. */
    private boolean isOldLead(String key, byte[] row) {
        return leadStates.decode(row).getLatestAt() < horizon(2);
    }

    private long horizon(int histories) {
        return newest - histories * settings.calendar().history().toMillis();
    }

    private void read(Record<String, MarketingArrival> record, Decoded decoded) {
        if (decoded instanceof Decoded.Undecodable poison) {
            reject(record, new Refusal(Refusal.Reason.UNDECODABLE, poison.problem()), null, poison.raw());
        } else if (decoded instanceof Decoded.Event event && event.value() instanceof AdSpend spend) {
            spend(record, spend, event.raw());
        } else if (decoded instanceof Decoded.Event event && event.value() instanceof LeadEvent lead) {
            lead(record, lead, event.raw());
        } else {
            reject(record, new Refusal(Refusal.Reason.INVALID, "null value (expected: a record)"), null, null);
        }
    }

    private void spend(Record<String, MarketingArrival> record, AdSpend spend, byte[] raw) {
        Refusal refusal = check.check(record.key(), spend, context.currentSystemTimeMs());
        if (refusal == null) {
            refusal = late(SpendFold.countsAt(spend.getDay()), spend.getOccurredAt());
        }
        if (refusal != null) {
            reject(record, refusal, spend.getEventId(), raw);
            return;
        }
        String row = row(spend);
        byte[] stored = spends.get(row);
        SpendState known = stored == null ? null : spendStates.decode(stored);
        SpendState next = SpendFold.apply(known, spend, facts);
        if (next != known) {
            spends.put(row, spendStates.encode(next));
        }
        account(SpendFold.repeats(known, spend), spend.getOccurredAt());
    }

    /** The names of two campaigns may hold the separator, and make the same key of a record. */
    private static String row(AdSpend spend) {
        return KpiKey.encode(spend.getPlatform()) + '/' + KpiKey.encode(spend.getCampaignId()) + '/' + spend.getDay();
    }

    private void lead(Record<String, MarketingArrival> record, LeadEvent lead, byte[] raw) {
        Refusal refusal = check.check(record.key(), lead, context.currentSystemTimeMs());
        LeadState known = null;
        if (refusal == null) {
            byte[] stored = leads.get(record.key());
            known = stored == null ? null : leadStates.decode(stored);
            refusal = late(LeadFold.countsAt(known, lead), lead.getOccurredAt());
        }
        if (refusal != null) {
            reject(record, refusal, lead.getEventId(), raw);
            return;
        }
        LeadState next = LeadFold.apply(known, lead, facts);
        if (next != known) {
            leads.put(record.key(), leadStates.encode(next));
        }
        account(LeadFold.repeats(known, lead), lead.getOccurredAt());
    }

    /** Against the newest event of the task: what counted so long ago is in no period any more. */
    private Refusal late(long countsAt, Instant occurredAt) {
        long now = Math.max(newest, occurredAt.toEpochMilli());
        long horizon = settings.calendar().history().toMillis();
        return countsAt >= now - horizon
                ? null
                : new Refusal(
                        Refusal.Reason.TOO_LATE,
                        "counts at " + Instant.ofEpochMilli(countsAt) + " (expected: within "
                                + settings.calendar().history() + " before " + Instant.ofEpochMilli(now) + ")");
    }

    private void account(boolean repeated, Instant occurredAt) {
        newest = Math.max(newest, occurredAt.toEpochMilli());
        guard.read(origin().topic());
        if (repeated) {
            ledger.duplicate();
        } else {
            ledger.folded();
        }
    }

    private void reject(Record<String, MarketingArrival> record, Refusal refusal, String eventId, byte[] raw) {
        Origin origin = origin();
        ledger.rejected(refusal.reason());
        metrics.rejected(refusal.reason());
        switch (refusal.reason()) {
            case UNDECODABLE, INVALID, WRONG_KEY -> guard.refused(origin, refusal);
            case FROM_THE_FUTURE, TOO_LATE, ERASED -> guard.read(origin.topic());
        }
        var rejected = Rejections.of(origin, refusal, eventId, record.key(), raw);
        context.forward(new Record<>(origin.key(), new MarketingOutcome.RecordRejected(rejected), record.timestamp()));
    }

    private void finish(String key, EndMarker marker) {
        flush();
        context.forward(new Record<>(key, new MarketingOutcome.Ended(marker), Math.max(0, marker.getUntil())));
    }

    private void flush() {
        ledger.tell(metrics);
        metrics.publish();
        ledger.moveInto(facts, newest, settings.arrival(context.currentSystemTimeMs()));
        for (var partial : facts.drain(context.taskId().partition(), newest)) {
            context.forward(new Record<>(partial.getDimension(), new MarketingOutcome.FactsSummed(partial), newest));
        }
        if (newest != storedNewest) {
            spends.put(NEWEST, ByteBuffer.allocate(Long.BYTES).putLong(newest).array());
            storedNewest = newest;
        }
    }

    private Origin origin() {
        var metadata = context.recordMetadata().orElseThrow();
        return new Origin(metadata.topic(), metadata.partition(), metadata.offset());
    }
}

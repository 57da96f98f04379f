package io.touchpoint.topology;

import io.touchpoint.domain.alert.AlertBook;
import io.touchpoint.domain.alert.AlertRule;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.KpiKey;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.domain.rollup.CompletedRun;
import io.touchpoint.domain.rollup.Publication;
import io.touchpoint.domain.rollup.RollUp;
import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.RunDone;
import io.touchpoint.serdes.SingleObjectSerde;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.Sensor.RecordingLevel;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the {@link RollUp} of a partition: loads it at the start, gives it the partials, publishes what changed at most
 * once a second, and stores what came in with every commit. In a fast replay months go by in a second, and all of every KPI changes: so
 * publication takes at most a share of the time, and values are skipped that the next ones replace.
 *
 * <p>What is to be published is not stored: after a restart everything live is published once more.
 */
final class RollUpProcessor implements Processor<String, FactPartial, String, RollUpOutput> {
    static final String HOOK = "kpi-commits";
    static final Duration PUBLISH_EVERY = Duration.ofSeconds(1);

    /** One part of the time for publication, and the others for all else. */
    private static final int REST = 5;

    private final KpiCatalogue catalogue;
    private final int foldTasks;
    private final CalendarRules rules;
    private final List<AlertRule> alertRules;
    private final boolean eventTimeOnly;
    private ProcessorContext<String, RollUpOutput> context;
    private RollUp rollUp;
    private AlertBook alerts;
    private RollUpLog log;
    private Cancellable publishing;
    private Sensor beyondLimit;
    private Sensor beyondHistory;
    private long beyondLimitRecorded;
    private long beyondHistoryRecorded;
    private long notBefore;

    /**
     * @param alertRules by which the values over windows are judged
     * @param eventTimeOnly whether a replay runs, which says the same each time. So values of periods are published only when it ends: how often
     *     one was corrected after it was final depends on when it was looked at. And values are judged in the order of what led to them
     */
    RollUpProcessor(
            KpiCatalogue catalogue,
            int foldTasks,
            CalendarRules rules,
            List<AlertRule> alertRules,
            boolean eventTimeOnly) {
        this.catalogue = catalogue;
        this.foldTasks = foldTasks;
        this.rules = rules;
        this.alertRules = alertRules;
        this.eventTimeOnly = eventTimeOnly;
    }

    @Override
    public void init(ProcessorContext<String, RollUpOutput> newContext) {
        context = newContext;
        beyondLimit = context.metrics()
                .addRateTotalSensor("kpi-roll-up", context.taskId().toString(), "beyond-limit", RecordingLevel.INFO);
        beyondHistory = context.metrics()
                .addRateTotalSensor("kpi-roll-up", context.taskId().toString(), "beyond-history", RecordingLevel.INFO);
        beyondLimitRecorded = 0;
        beyondHistoryRecorded = 0;
        notBefore = 0;
        alerts = new AlertBook(alertRules);
        rollUp = eventTimeOnly
                ? RollUp.watchedInOrder(catalogue, foldTasks, rules, alerts)
                : RollUp.watched(catalogue, foldTasks, rules, alerts);
        log = new RollUpLog(
                new StoredPanes(context.getStateStore(StoredPanes.NAME)), new SingleObjectSerde<>(FactPartial.class));
        log.restore(rollUp);
        CommitForwarder commit = CommitForwarder.of(context);
        CommitHook hook = context.getStateStore(HOOK);
        hook.onCommit(() -> commit.during(rollUp.clock(), () -> log.commit(rollUp)));
        publishing = context.schedule(PUBLISH_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> publishAt(now));
    }

    @Override
    public void process(Record<String, FactPartial> message) {
        log.applied(message.value());
        rollUp.apply(message.value()).ifPresent(this::finish);
        recordBeyond();
    }

    /** A commit may still follow, so the roll-up stays; and another init, for which Kafka Streams keeps old schedules. */
    @Override
    public void close() {
        publishing.cancel();
        context.metrics().removeSensor(beyondLimit);
        context.metrics().removeSensor(beyondHistory);
    }

    private void finish(CompletedRun run) {
        publish(true);
        int partition = context.taskId().partition();
        RunDone done = new RunDone(run.run(), partition);
        context.forward(new Record<>(Integer.toString(partition), new RollUpOutput.Done(done), run.until()));
    }

    private void publishAt(long wallClock) {
        if (wallClock < notBefore) {
            return;
        }
        long start = System.nanoTime();
        publish(!eventTimeOnly);
        notBefore =
                wallClock + REST * Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private void publish(boolean periodsToo) {
        var publication = new Publication() {
            @Override
            public void value(KpiValue value) {
                forward(value);
            }

            @Override
            public void gone(KpiValue last) {
                RollUpOutput output =
                        last.getPeriod() == null ? new RollUpOutput.Rolling(null) : new RollUpOutput.Calendar(null);
                context.forward(new Record<>(KpiKey.of(last), output, rollUp.clock()));
            }
        };
        if (periodsToo) {
            log.published();
            rollUp.publish(publication);
        } else {
            log.publishedWindows();
            rollUp.publishRolling(publication);
        }
        alerts.take().forEach(this::forward);
    }

    private void forward(Alert alert) {
        long at = alert.getDecidedAt().toEpochMilli();
        context.forward(new Record<>(AlertBook.keyOf(alert), new RollUpOutput.Alerted(alert), at));
    }

    /** Facts may count at a time to come, such as the start of the next month: no broker takes a record from there. */
    private void forward(KpiValue value) {
        RollUpOutput output =
                value.getPeriod() == null ? new RollUpOutput.Rolling(value) : new RollUpOutput.Calendar(value);
        long at = Math.min(value.getAsOf().toEpochMilli(), context.currentSystemTimeMs());
        context.forward(new Record<>(KpiKey.of(value), output, at));
    }

    private void recordBeyond() {
        beyondLimitRecorded = record(beyondLimit, beyondLimitRecorded, rollUp.beyondLimit());
        beyondHistoryRecorded = record(beyondHistory, beyondHistoryRecorded, rollUp.beyondHistory());
    }

    private static long record(Sensor sensor, long before, long now) {
        if (now > before) {
            sensor.record(now - before);
        }
        return now;
    }
}

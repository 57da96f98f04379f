package io.touchpoint.topology;

import io.touchpoint.domain.alert.AlertRule;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.RunDone;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The step from fact partials to KPI values. */
final class KpiRollUp {
    private final KpiCatalogue catalogue;
    private final int foldTasks;
    private final CalendarRules rules;
    private final List<AlertRule> alertRules;
    private final boolean eventTimeOnly;

    /**
     * @param foldTasks how many tasks send partials: the partitions of the customer topics
     * @param alertRules by which the values over windows are judged
     * @param eventTimeOnly whether a replay runs, which says the same each time
     */
    KpiRollUp(
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

    /** The KPIs that are configured. */
    static KpiRollUp of(TopologySettings settings) {
        return new KpiRollUp(
                settings.catalogue(),
                settings.customerPartitions(),
                settings.calendar(),
                settings.alerts().rules(),
                settings.eventTimeOnly());
    }

    /** KPI values by {@code kpi|segment|window} and {@code kpi|segment|period kind|period}, alerts by {@code rule|segment}, and the runs that are done by partition. */
    Outputs roll(KStream<String, FactPartial> partials) {
        KStream<String, RollUpOutput> rolled = partials.process(new Supplier(), Named.as("kpi-roll-up"));
        return new Outputs(
                rolled.filter(
                                (key, output) -> output instanceof RollUpOutput.Rolling,
                                Named.as("kpi-roll-up-is-rolling"))
                        .mapValues(output -> ((RollUpOutput.Rolling) output).kpi(), Named.as("kpi-roll-up-rolling")),
                rolled.filter(
                                (key, output) -> output instanceof RollUpOutput.Calendar,
                                Named.as("kpi-roll-up-is-calendar"))
                        .mapValues(output -> ((RollUpOutput.Calendar) output).kpi(), Named.as("kpi-roll-up-calendar")),
                rolled.filter((key, output) -> output instanceof RollUpOutput.Alerted, Named.as("kpi-roll-up-is-alert"))
                        .mapValues(output -> ((RollUpOutput.Alerted) output).alert(), Named.as("kpi-roll-up-alert")),
                rolled.filter((key, output) -> output instanceof RollUpOutput.Done, Named.as("kpi-roll-up-is-done"))
                        .mapValues(output -> ((RollUpOutput.Done) output).run(), Named.as("kpi-roll-up-done")));
    }

    /** What comes out of the step. */
    record Outputs(
            KStream<String, KpiValue> rolling,
            KStream<String, KpiValue> calendar,
            KStream<String, Alert> alerts,
            KStream<String, RunDone> done) {}

    private final class Supplier implements ProcessorSupplier<String, FactPartial, String, RollUpOutput> {
        @Override
        public Processor<String, FactPartial, String, RollUpOutput> get() {
            return new RollUpProcessor(catalogue, foldTasks, rules, alertRules, eventTimeOnly);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return new LinkedHashSet<>(List.of(StoredPanes.builder(), CommitHook.named(RollUpProcessor.HOOK)));
        }
    }
}

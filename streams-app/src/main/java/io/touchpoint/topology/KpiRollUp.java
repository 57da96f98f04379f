package io.touchpoint.topology;

import io.touchpoint.domain.kpi.KpiCatalogue;
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

    /** @param foldTasks how many tasks send partials: the partitions of the customer topics */
    KpiRollUp(KpiCatalogue catalogue, int foldTasks) {
        this.catalogue = catalogue;
        this.foldTasks = foldTasks;
    }

    /** KPI values by {@code kpi|segment|window}, and the runs that are done by partition. */
    Outputs roll(KStream<String, FactPartial> partials) {
        KStream<String, RollUpOutput> rolled = partials.process(new Supplier(), Named.as("kpi-roll-up"));
        return new Outputs(
                rolled.filter((key, output) -> output instanceof RollUpOutput.Value, Named.as("kpi-roll-up-is-value"))
                        .mapValues(output -> ((RollUpOutput.Value) output).kpi(), Named.as("kpi-roll-up-value")),
                rolled.filter((key, output) -> output instanceof RollUpOutput.Done, Named.as("kpi-roll-up-is-done"))
                        .mapValues(output -> ((RollUpOutput.Done) output).run(), Named.as("kpi-roll-up-done")));
    }

    /** What comes out of the step. */
    record Outputs(KStream<String, KpiValue> values, KStream<String, RunDone> done) {}

    private final class Supplier implements ProcessorSupplier<String, FactPartial, String, RollUpOutput> {
        @Override
        public Processor<String, FactPartial, String, RollUpOutput> get() {
            return new RollUpProcessor(catalogue, foldTasks);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return new LinkedHashSet<>(List.of(StoredPanes.builder(), CommitHook.named(RollUpProcessor.HOOK)));
        }
    }
}

package io.touchpoint.topology;

import io.touchpoint.records.Rejected;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.serdes.Decoded;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The fold of spend and leads as a step of the topology. The end of a replay passes through it on its way to the customer fold, so that its facts are
 * sent before the end is: the two share their tasks, and with them one clock, for spend comes too seldom to have one of its own.
 */
final class MarketingStep {
    static final String SPEND = "marketing-spend";
    static final String LEADS = "marketing-leads";
    static final String COMMIT = "marketing-commit";

    private final TopologySettings settings;

    MarketingStep(TopologySettings settings) {
        this.settings = settings;
    }

    /** Folds spend and leads, each by key. */
    Outcomes fold(KStream<String, Decoded> spend, KStream<String, Decoded> leads, KStream<String, EndMarker> ends) {
        KStream<String, MarketingArrival> read = spend.merge(leads, Named.as("merge-marketing"))
                .mapValues(MarketingArrival.Read::new, Named.as("marketing-read"));
        KStream<String, MarketingArrival> end = ends.mapValues(MarketingArrival.End::new, Named.as("marketing-end"));
        return new Outcomes(read.merge(end, Named.as("merge-marketing-end"))
                .process(new Supplier(settings), Named.as("fold-marketing")));
    }

    /** What the fold gives out, a stream per output. */
    record Outcomes(KStream<String, MarketingOutcome> all) {

        KStream<String, Rejected> rejected() {
            return of("rejected", MarketingOutcome.RecordRejected.class, MarketingOutcome.RecordRejected::rejected);
        }

        KStream<String, FactPartial> facts() {
            return of("facts", MarketingOutcome.FactsSummed.class, MarketingOutcome.FactsSummed::partial);
        }

        KStream<String, EndMarker> ends() {
            return of("ends", MarketingOutcome.Ended.class, MarketingOutcome.Ended::marker);
        }

        private <O extends MarketingOutcome, T> KStream<String, T> of(
                String name, Class<O> kind, Function<O, T> record) {
            return all.filter((key, outcome) -> kind.isInstance(outcome), Named.as("only-marketing-" + name))
                    .mapValues(outcome -> record.apply(kind.cast(outcome)), Named.as("take-marketing-" + name));
        }
    }

    private record Supplier(TopologySettings settings)
            implements ProcessorSupplier<String, MarketingArrival, String, MarketingOutcome> {

        @Override
        public Processor<String, MarketingArrival, String, MarketingOutcome> get() {
            return new MarketingProcessor(settings);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return new LinkedHashSet<>(List.of(store(SPEND), store(LEADS), CommitHook.named(COMMIT)));
        }

        private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
            return Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                    .withCachingDisabled()
                    .withLoggingEnabled(Map.of());
        }
    }
}

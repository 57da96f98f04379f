package io.touchpoint.topology;

import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.FactPartial;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The customer fold as a step of the topology: one processor with one state, and one output per kind of outcome. */
final class CustomerStep {

    static final String STATES = "customer-state";
    static final String TIMERS = "customer-timers";
    static final String COMMIT = "customer-commit";

    private final TopologySettings settings;

    CustomerStep(TopologySettings settings) {
        this.settings = settings;
    }

    /** Folds the arrivals of each customer. */
    Outcomes fold(KStream<String, Arrival> arrivals) {
        var outcomes = arrivals.process(new Supplier(settings), Named.as("fold-customers"));
        var split = outcomes.split(Named.as(Outcomes.ONLY));
        Outcomes.KINDS.forEach(
                (name, kind) -> split.branch((key, outcome) -> kind.isInstance(outcome), Branched.as(name)));
        return new Outcomes(split.noDefaultBranch());
    }

    /** What the fold gives out, a stream per output. */
    record Outcomes(Map<String, KStream<String, Outcome>> byKind) {

        private static final String ONLY = "only-";

        /** The most frequent first: an outcome is held against one after the other. */
        private static final Map<String, Class<? extends Outcome>> KINDS = new LinkedHashMap<>();

        static {
            KINDS.put("credits", Outcome.CreditEarned.class);
            KINDS.put("profiles", Outcome.ProfileChanged.class);
            KINDS.put("suppressions", Outcome.SuppressionDecided.class);
            KINDS.put("audience-changes", Outcome.AudienceChanged.class);
            KINDS.put("facts", Outcome.FactsSummed.class);
            KINDS.put("churn-signals", Outcome.ChurnSignalled.class);
            KINDS.put("rejected", Outcome.RecordRejected.class);
            KINDS.put("erasure-receipts", Outcome.CustomerErased.class);
        }

        KStream<String, CustomerProfile> profiles() {
            return of("profiles", Outcome.ProfileChanged.class, Outcome.ProfileChanged::profile);
        }

        KStream<String, Suppression> suppressions() {
            return of("suppressions", Outcome.SuppressionDecided.class, Outcome.SuppressionDecided::suppression);
        }

        KStream<String, AudienceChange> audienceChanges() {
            return of("audience-changes", Outcome.AudienceChanged.class, Outcome.AudienceChanged::change);
        }

        KStream<String, ChurnSignal> churnSignals() {
            return of("churn-signals", Outcome.ChurnSignalled.class, Outcome.ChurnSignalled::signal);
        }

        KStream<String, AttributionCredit> credits() {
            return of("credits", Outcome.CreditEarned.class, Outcome.CreditEarned::credit);
        }

        KStream<String, ErasureReceipt> erasureReceipts() {
            return of("erasure-receipts", Outcome.CustomerErased.class, Outcome.CustomerErased::receipt);
        }

        KStream<String, Rejected> rejected() {
            return of("rejected", Outcome.RecordRejected.class, Outcome.RecordRejected::rejected);
        }

        KStream<String, FactPartial> facts() {
            return of("facts", Outcome.FactsSummed.class, Outcome.FactsSummed::partial);
        }

        private <O extends Outcome, T> KStream<String, T> of(String name, Class<O> kind, Function<O, T> record) {
            return byKind.get(ONLY + name)
                    .mapValues(outcome -> record.apply(kind.cast(outcome)), Named.as("take-" + name));
        }
    }

    private record Supplier(TopologySettings settings) implements ProcessorSupplier<String, Arrival, String, Outcome> {

        @Override
        public Processor<String, Arrival, String, Outcome> get() {
            return new CustomerProcessor(settings, settings.serdes().internal(CustomerState.class));
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return new LinkedHashSet<>(List.of(store(STATES), store(TIMERS), CommitHook.named(COMMIT)));
        }

        /** Without the record cache of Kafka Streams: the hot customers are one already, decoded. */
        private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
            return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withCachingDisabled()
                    .withLoggingEnabled(Map.of());
        }
    }
}

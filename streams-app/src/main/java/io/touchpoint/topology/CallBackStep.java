package io.touchpoint.topology;

import io.touchpoint.domain.alert.AlertBook;
import io.touchpoint.domain.alert.AlertRules;
import io.touchpoint.domain.alert.CallBacks;
import io.touchpoint.records.Alert;
import io.touchpoint.records.Suppression;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The step from what is decided about all advertising to who wants a call back. It sees few records: most decisions are about products. */
final class CallBackStep {
    static final String STORE = "open-call-backs";

    private final CallBacks callBacks;

    CallBackStep(AlertRules rules) {
        callBacks = new CallBacks(rules.callBack());
    }

    /** Alerts by {@code rule|segment}. */
    KStream<String, Alert> watch(KStream<String, Suppression> suppressions) {
        return suppressions
                .filter((key, suppression) -> CallBacks.concerns(key), Named.as("only-all-advertising"))
                .process(new Supplier(), Named.as("watch-call-backs"));
    }

    private final class Supplier implements ProcessorSupplier<String, Suppression, String, Alert> {
        @Override
        public Processor<String, Suppression, String, Alert> get() {
            return new Watcher();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.String())
                            .withCachingDisabled()
                            .withLoggingEnabled(Map.of()));
        }
    }

    /** Keeps since when each call back is open; what was told is in the store, and told once. */
    private final class Watcher implements Processor<String, Suppression, String, Alert> {
        private ProcessorContext<String, Alert> context;
        private KeyValueStore<String, String> open;

        @Override
        public void init(ProcessorContext<String, Alert> newContext) {
            context = newContext;
            open = context.getStateStore(STORE);
        }

        @Override
        public void process(Record<String, Suppression> record) {
            var before = CallBacks.Open.read(open.get(record.key()));
            callBacks
                    .decide(record.key(), record.value(), before, record.timestamp())
                    .ifPresent(alert -> {
                        switch (alert.getState()) {
                            case FIRING ->
                                open.put(record.key(), CallBacks.Open.of(alert).text());
                            case RESOLVED -> open.delete(record.key());
                        }
                        context.forward(new Record<>(AlertBook.keyOf(alert), alert, record.timestamp()));
                    });
        }
    }
}

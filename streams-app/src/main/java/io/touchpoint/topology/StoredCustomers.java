package io.touchpoint.topology;

import io.touchpoint.domain.customer.CustomerHash;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.serdes.SingleObjectSerde;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads the states of customers from beside the tasks that write them, as of their last commits. For several threads. */
public final class StoredCustomers {

    /** A state of many pages is not read at one instant: a commit in between is no reason to give up. */
    private static final int ATTEMPTS = 20;

    private final KafkaStreams streams;
    private final SingleObjectSerde<CustomerState> serde;
    private final int partitions;

    /**
     * @param streams with the topology of the pipeline
     * @param partitions of the topics of customers
     */
    public StoredCustomers(KafkaStreams streams, SingleObjectSerde<CustomerState> serde, int partitions) {
        this.streams = streams;
        this.serde = serde;
        this.partitions = partitions;
    }

    /** The store is being opened, restored or moved: the question may be asked again soon. */
    public static final class NotHereNow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param cause null when another instance is the one that cannot tell */
        public NotHereNow(Throwable cause) {
            super("the state of this customer is being opened, moved or restored", cause);
        }
    }

    /**
     * {@return the state of a customer, empty when nothing is known}
     *
     * @throws NotHereNow when this instance cannot tell now
     */
    public Optional<CustomerState> find(String customerId) {
        try {
            ReadOnlyKeyValueStore<Bytes, byte[]> store = streams.store(StoreQueryParameters.fromNameAndType(
                            CustomerStep.STATES, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                    .withPartition(partition(customerId)));
            return Optional.ofNullable(read(store, Bytes.wrap(CustomerHash.of(customerId))));
        } catch (InvalidStateStoreException | IllegalStateException moving) {
            throw new NotHereNow(moving);
        }
    }

    /**
     * {@return the address of the instance that folds the events of a customer, as far as this one knows; empty when it does not, or
     * when that one has no address}
     */
    public Optional<HostInfo> owner(String customerId) {
        try {
            var found = streams.queryMetadataForKey(
                    CustomerStep.STATES,
                    customerId,
                    (String topic, String key, Object value, int count) -> Optional.of(Set.of(partition(key))));
            return Optional.ofNullable(found)
                    .map(KeyQueryMetadata::activeHost)
                    .filter(host -> !host.equals(HostInfo.unavailable()) && host.port() > 0);
        } catch (IllegalStateException | StreamsException moving) {
            return Optional.empty();
        }
    }

    /** Where Kafka's producers put a key of their own accord, and where it must be for streams to be joined at all. */
    private int partition(String customerId) {
        return Utils.toPositive(Utils.murmur2(customerId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    private CustomerState read(ReadOnlyKeyValueStore<Bytes, byte[]> store, Bytes key) {
        for (int attempt = 1; ; attempt++) {
            try {
                return CustomerStates.join(key, page -> {
                    var bytes = store.get(page);
                    return bytes == null ? null : serde.decode(bytes);
                });
            } catch (CustomerStates.PageMissing torn) {
                if (attempt == ATTEMPTS) {
                    throw torn;
                }
            }
        }
    }
}

package io.touchpoint.sandbox.bench;

import io.touchpoint.config.AppConfig;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.sandbox.traffic.Population;
import io.touchpoint.sandbox.traffic.TrafficMix;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Puts invented events onto the input topics: orders and clicks 40 % each, answers and support 10 % each. */
final class EventSupply implements AutoCloseable {

    /** The topics that get any. */
    static final List<String> TOPICS =
            List.of(Topics.ORDERS.name(), Topics.AD_CLICKS.name(), Topics.SURVEYS.name(), Topics.SUPPORT.name());

    private static final int PRODUCTS = 2_000;
    private static final long SEED = 20_260;

    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final Population warmUp;
    private final Population population;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    EventSupply(AppConfig config, RecordSerdes serdes, int customers, int warmUpCustomers) {
        var settings = new HashMap<String, Object>(config.kafka().producer());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        serializer = serdes.anyContract();
        warmUp = Population.synthetic("earlier-customer-", warmUpCustomers, PRODUCTS);
        population = Population.synthetic("customer-", customers, PRODUCTS);
    }

    /** {@return endless events; the same for the same name of a run} */
    TrafficMix traffic(String run) {
        return new TrafficMix(run, population, SEED + run.hashCode());
    }

    /**
     * Sends events that took place evenly between two instants, and returns when the broker has them. The first are to warm up with, and
     * are about other customers: so what is measured begins with customers of whom nothing is known, however long the warming up takes.
     */
    void produce(int toWarmUp, int events, Instant from, Instant to) {
        var warming = new TrafficMix("earlier", warmUp, SEED);
        var traffic = traffic("past");
        double step = (to.toEpochMilli() - from.toEpochMilli()) / (double) (toWarmUp + events);
        for (int i = 0; i < toWarmUp + events; i++) {
            send((i < toWarmUp ? warming : traffic).next(from.plusMillis((long) (i * step))));
        }
        flush();
    }

    /** Sends one event. */
    void send(TouchpointEvent event) {
        var topic = event.topic().name();
        var value = serializer.serialize(topic, event.value());
        long at = event.occurredAt().toEpochMilli();
        producer.send(new ProducerRecord<>(topic, null, at, event.key(), value), (written, refused) -> {
            if (refused != null) {
                failure.compareAndSet(null, refused);
            }
        });
    }

    /**
     * Waits until the broker has everything.
     *
     * @throws KafkaException when it refused anything
     */
    void flush() {
        producer.flush();
        var refused = failure.get();
        if (refused != null) {
            throw new KafkaException("the broker refused an event: " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}

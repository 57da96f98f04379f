package io.touchpoint.sandbox.demo;

import io.touchpoint.config.AppConfig;
import io.touchpoint.history.HistoryPublisher;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.serdes.RecordSerdes;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Puts events on their topics, in the order in which they come. */
final class EventPublisher implements AutoCloseable {
    private final Producer<String, byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    EventPublisher(AppConfig config, RecordSerdes serdes) {
        producer = new KafkaProducer<>(HistoryPublisher.settings(config.kafka().producer()));
        serializer = serdes.anyContract();
    }

    /**
     * Sends an event without waiting for the broker.
     *
     * @throws KafkaException when this or an earlier one could not be published
     */
    void publish(TouchpointEvent event) {
        String topic = event.topic().name();
        byte[] value = serializer.serialize(topic, event.value());
        producer.send(
                new ProducerRecord<>(topic, null, event.occurredAt().toEpochMilli(), event.key(), value),
                (metadata, exception) -> {
                    if (exception == null) {
                        acknowledged.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, exception);
                    }
                });
        check();
    }

    /**
     * Returns when the broker has all of them.
     *
     * @throws KafkaException when it did not take one
     */
    void flush() {
        producer.flush();
        check();
    }

    /** How many events the broker has taken. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** For what is not an event. */
    Producer<String, byte[]> producer() {
        return producer;
    }

    private void check() {
        Exception exception = failure.get();
        if (exception != null) {
            throw new KafkaException("publishing failed: " + exception.getMessage(), exception);
        }
    }

    @Override
    public void close() {
        serializer.close();
        producer.close();
    }
}

package io.touchpoint.queries;

import io.touchpoint.queries.LiveEvent.Kind;
import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.Suppression;
import io.touchpoint.serdes.Decoded;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the records that the pipeline publishes: KPIs and alerts go onto the board, decisions are counted where somebody asks, and what is
 * new of everything goes to those who watch. A record that cannot be read is left out, alone. For one thread, but for the count.
 */
final class Outputs {

    private static final Logger log = LoggerFactory.getLogger(Outputs.class);

    private final Map<String, Output<?>> byTopic = new HashMap<>();
    private final KpiBoard board;
    private final LiveFeed feed;
    private final Optional<Boards> boards;
    private final Erasures erasures = new Erasures();
    private final AtomicLong unreadable = new AtomicLong();

    /** What becomes of the records of a topic. */
    private interface Taker<T> {
        void take(String key, T value, Instant at, boolean isNew);
    }

    /** What is told beside the KPIs. */
    record Boards(DecisionBoard decisions, RejectedBoard rejected) {}

    private record Output<T extends SpecificRecord>(Topic<T> topic, Deserializer<Decoded> values, Taker<T> taker) {
        void take(ConsumerRecord<String, byte[]> record, boolean isNew) {
            taker.take(record.key(), valueOf(record), Instant.ofEpochMilli(record.timestamp()), isNew);
        }

        private T valueOf(ConsumerRecord<String, byte[]> record) {
            var decoded = values.deserialize(record.topic(), record.value());
            if (decoded instanceof Decoded.Undecodable poison) {
                throw new SerializationException(poison.problem());
            }
            return decoded instanceof Decoded.Event event ? topic.type().cast(event.value()) : null;
        }
    }

    /**
     * @param serdes of the output topics, not closed here
     * @param boards to be told about what was decided and refused; empty when nobody asks about that
     */
    Outputs(RecordSerdes serdes, KpiBoard board, LiveFeed feed, Optional<Boards> boards) {
        this.board = board;
        this.feed = feed;
        this.boards = boards;
        output(Topics.ROLLING_KPIS, serdes, (key, value, at, isNew) -> {
            board.rolling(key, value);
            tell(Kind.KPI, key, value, isNew);
        });
        output(Topics.CALENDAR_KPIS, serdes, (key, value, at, isNew) -> {
            board.calendar(key, value);
            tell(Kind.KPI, key, value, isNew);
        });
        output(Topics.SUPPRESSIONS, serdes, this::suppression);
        output(Topics.CHURN_SIGNALS, serdes, (key, value, at, isNew) -> {
            boolean erased = erasures.concern(value, at);
            boards.filter(each -> !erased).ifPresent(each -> each.decisions().signal(value, at));
            tell(Kind.CHURN, key, value, isNew, erased);
        });
        output(Topics.ALERTS, serdes, this::alert);
        boards.ifPresent(each -> {
            output(Topics.REJECTED, serdes, (key, value, at, isNew) -> {
                if (value != null) {
                    each.rejected().add(value, at);
                }
            });
            output(Topics.ERASURE_RECEIPTS, serdes, (key, value, at, isNew) -> {
                if (value != null) {
                    erasures.add(value.getCustomerHash(), at);
                }
            });
        });
    }

    private <T extends SpecificRecord> void output(Topic<T> topic, RecordSerdes serdes, Taker<T> taker) {
        byTopic.put(topic.name(), new Output<>(topic, serdes.input(topic.type()).deserializer(), taker));
    }

    private void suppression(String key, Suppression value, Instant at, boolean isNew) {
        boolean erased = erasures.concern(value, at);
        boards.ifPresent(each -> {
            if (erased) {
                each.decisions().count(key, value, isNew);
            } else {
                each.decisions().suppression(key, value, at, isNew);
            }
        });
        tell(Kind.SUPPRESSION, key, value, isNew, erased);
    }

    /** Of somebody who was erased only the end of an incident matters, which is an end of its key too. */
    private void alert(String key, Alert value, Instant at, boolean isNew) {
        boolean erased = erasures.concern(value, at);
        board.alerts().told(key, erased ? null : value);
        tell(Kind.ALERT, key, value, isNew, erased);
    }

    private void tell(Kind kind, String key, KpiValue value, boolean isNew) {
        tell(kind, key, value, isNew, false);
    }

    private void tell(Kind kind, String key, SpecificRecord value, boolean isNew, boolean erased) {
        if (!isNew || value == null) {
            return;
        }
        if (erased) {
            feed.pass(kind, key, value);
        } else {
            feed.publish(kind, key, value);
        }
    }

    /** {@return the topics that are to be read} */
    Set<String> topics() {
        return byTopic.keySet();
    }

    /** {@return whether decisions are counted} */
    boolean count() {
        return boards.isPresent();
    }

    /**
     * Takes a record in, or leaves it out when it cannot be read.
     *
     * @param isNew whether it was published after the start
     * @throws RetriableException when it may be read later: the registry does not answer
     */
    void take(ConsumerRecord<String, byte[]> record, boolean isNew) {
        try {
            byTopic.get(record.topic()).take(record, isNew);
        } catch (RetriableException | InterruptException later) {
            throw later;
        } catch (RuntimeException broken) {
            leaveOut(record, broken);
        }
    }

    /** What others say of a failure may quote the record, and a thousand lines would say no more than one. */
    private void leaveOut(ConsumerRecord<String, byte[]> record, RuntimeException broken) {
        if (unreadable.getAndIncrement() == 0) {
            log.warn(
                    "Record {} of {}-{} cannot be read, and the dashboard leaves it out: {}. More like it are only counted",
                    record.offset(),
                    record.topic(),
                    record.partition(),
                    broken instanceof SerializationException
                            ? broken.getMessage()
                            : broken.getClass().getSimpleName());
        }
    }

    /** {@return how many records were left out since the start} */
    long unreadable() {
        return unreadable.get();
    }

    /** Lets go of those whose erasure has been read since the last time. */
    void forgetErased() {
        if (!erasures.areOpen()) {
            return;
        }
        board.alerts().forget(alert -> erasures.concern(alert, alert.getDecidedAt()));
        boards.ifPresent(each -> each.decisions().forget(erasures::concern));
        feed.forget(erasures::areOpenFor);
        erasures.settle();
    }

    /** All that was published before the start has been taken in. */
    void caughtUp() {
        boards.ifPresent(each -> each.decisions().caughtUp());
    }
}

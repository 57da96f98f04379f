package io.touchpoint.topology;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.domain.intake.Refusal;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.serdes.Decoded;
import io.touchpoint.topics.Topics;
import java.util.List;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** The first step: all that concerns customers becomes one stream, each record checked against the rules of its contract. */
final class Intake {

    private final EventCheck check;

    Intake(EventCheck check) {
        this.check = check;
    }

    KStream<String, Arrival> check(List<KStream<String, Decoded>> inputs, KStream<String, EndMarker> ends) {
        var all = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            all = all.merge(inputs.get(i), Named.as("merge-events-" + i));
        }
        KStream<String, Arrival> checked = all.processValues(() -> new Checker(check), Named.as("check-events"));
        return checked.merge(ends.mapValues(Arrival.End::new, Named.as("end-of-input")), Named.as("merge-ends"));
    }

    private static final class Checker extends ContextualFixedKeyProcessor<String, Decoded, Arrival> {
        private final EventCheck check;

        private Checker(EventCheck check) {
            this.check = check;
        }

        @Override
        public void process(FixedKeyRecord<String, Decoded> record) {
            context().forward(record.withValue(arrival(record)));
        }

        private Arrival arrival(FixedKeyRecord<String, Decoded> record) {
            var decoded = record.value();
            if (decoded instanceof Decoded.Undecodable poison) {
                return new Arrival.Refused(
                        new Refusal(Refusal.Reason.UNDECODABLE, poison.problem()), null, poison.raw());
            }
            if (decoded instanceof Decoded.Event read) {
                return checked(record.key(), CustomerEvent.of(read.value()), read.raw());
            }
            return nullValue(record);
        }

        private Arrival nullValue(FixedKeyRecord<String, Decoded> record) {
            var origin = context().recordMetadata().orElseThrow();
            if (!origin.topic().equals(Topics.CUSTOMERS.name())) {
                return new Arrival.Refused(
                        new Refusal(
                                Refusal.Reason.INVALID,
                                "null value (expected: a record; only " + Topics.CUSTOMERS.name() + " takes null)"),
                        null,
                        null);
            }
            // A null value has no event_id. By its time the same withdrawal twice is one, wherever it lies in the
            // topic.
            var id = "withdrawal-" + record.timestamp();
            var event = new CustomerEvent(id, record.key(), record.timestamp(), new CustomerEvent.ContactWithdrawal());
            return checked(record.key(), event, null);
        }

        private Arrival checked(String key, CustomerEvent event, byte[] raw) {
            var refusal = check.check(key, event, context().currentSystemTimeMs());
            return refusal == null ? new Arrival.Event(event, raw) : new Arrival.Refused(refusal, event.eventId(), raw);
        }
    }
}

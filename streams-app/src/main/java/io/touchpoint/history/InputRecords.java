package io.touchpoint.history;

import io.touchpoint.json.JsonRecordException;
import io.touchpoint.json.JsonRecordReader;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.serdes.SingleObjectSerde;
import io.touchpoint.topics.Topic;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What a history needs to know of the records of one input topic: how to read and pack them, and what they are filed under. */
final class InputRecords<T extends SpecificRecord> {
    private final Topic<T> topic;
    private final JsonRecordReader<T> reader;
    private final SingleObjectSerde<T> packing;
    private final int eventId;
    private final int occurredAt;

    private InputRecords(Topic<T> topic) {
        this.topic = topic;
        this.reader = JsonRecordReader.of(topic.type());
        this.packing = new SingleObjectSerde<>(topic.type());
        Schema schema = SpecificData.get().getSchema(topic.type());
        this.eventId = schema.getField("event_id").pos();
        this.occurredAt = schema.getField("occurred_at").pos();
    }

    static <T extends SpecificRecord> InputRecords<T> of(Topic<T> topic) {
        return new InputRecords<>(topic);
    }

    Topic<T> topic() {
        return topic;
    }

    /** The line's record, packed. */
    PackedEvent read(String text, int source, long line) throws JsonRecordException {
        T value = reader.read(text);
        long at = ((Instant) value.get(occurredAt)).toEpochMilli();
        return new PackedEvent(at, topic.name(), value.get(eventId).toString(), packing.encode(value), source, line);
    }

    HistoryEvent unpack(PackedEvent event, String file) {
        T value = packing.decode(event.value());
        return new HistoryEvent(topic, key(value), value, event.occurredAt(), file, event.line());
    }

    private static String key(SpecificRecord value) {
        if (value instanceof AdSpend spend) {
            return spend.getPlatform() + "/" + spend.getCampaignId() + "/" + spend.getDay();
        }
        if (value instanceof LeadEvent lead) {
            return lead.getLeadId();
        }
        return value.get(value.getSchema().getField("customer_id").pos()).toString();
    }
}

package io.touchpoint.topology;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.serdes.Decoded;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of an input record: when its event occurred. A record without a believable time takes the partition's time so far, so that one wrong clock cannot carry the
 * stream away. Never throws, never negative.
 */
final class EventTime implements TimestampExtractor {

    private final long tolerance;
    private final InstantSource wallClock;

    EventTime(Duration futureTolerance, InstantSource wallClock) {
        this.tolerance = futureTolerance.toMillis();
        this.wallClock = wallClock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long time = record.timestamp();
        if (record.value() instanceof Decoded.Event event) {
            time = occurredAt(event.value());
        } else if (record.value() instanceof Decoded.Undecodable) {
            time = -1;
        }
        boolean believable = time >= EventCheck.EARLIEST.toEpochMilli() && time <= wallClock.millis() + tolerance;
        return believable ? time : Math.max(0, partitionTime);
    }

    private static long occurredAt(Object value) {
        if (value instanceof AdSpend spend) {
            return spend.getOccurredAt().toEpochMilli();
        }
        return value instanceof LeadEvent lead
                ? lead.getOccurredAt().toEpochMilli()
                : CustomerEvent.of(value).occurredAt();
    }
}

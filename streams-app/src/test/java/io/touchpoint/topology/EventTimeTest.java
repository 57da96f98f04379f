package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.serdes.Decoded;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class EventTimeTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");
    private static final Instant YESTERDAY = NOW.minus(Duration.ofDays(1));
    private static final long PARTITION_TIME = NOW.minusSeconds(5).toEpochMilli();
    private static final long NONE_SO_FAR = -1;
    private static final byte[] RAW = {1};

    private final EventTime time = new EventTime(Duration.ofMinutes(10), () -> NOW);

    @Test
    void shouldBeWhenTheEventOccurredNotWhenItWasPublished() {
        assertThat(extract(event(YESTERDAY), NOW.toEpochMilli(), PARTITION_TIME))
                .isEqualTo(YESTERDAY.toEpochMilli());
    }

    @Test
    void shouldBelieveTheToleranceAndNotMore() {
        var latest = NOW.plus(Duration.ofMinutes(10));
        assertThat(extract(event(latest), 0, PARTITION_TIME)).isEqualTo(latest.toEpochMilli());
        assertThat(extract(event(latest.plusMillis(1)), 0, PARTITION_TIME)).isEqualTo(PARTITION_TIME);
        assertThat(extract(event(Instant.parse("2090-01-01T00:00:00Z")), 0, PARTITION_TIME))
                .isEqualTo(PARTITION_TIME);
    }

    @Test
    void shouldNotGoBackToTheBeginningOfTime() {
        assertThat(extract(event(Instant.EPOCH), 0, PARTITION_TIME)).isEqualTo(PARTITION_TIME);
        assertThat(extract(event(Instant.parse("1990-01-01T00:00:00Z")), 0, PARTITION_TIME))
                .isEqualTo(Instant.parse("1990-01-01T00:00:00Z").toEpochMilli());
    }

    @Test
    void shouldTakeThePartitionTimeForUndecodableBytes() {
        var undecodable = new Decoded.Undecodable("not Avro", RAW);
        assertThat(extract(undecodable, YESTERDAY.toEpochMilli(), PARTITION_TIME))
                .isEqualTo(PARTITION_TIME);
    }

    @Test
    void shouldTakeTheRecordsTimeForANullValue() {
        assertThat(extract(null, YESTERDAY.toEpochMilli(), PARTITION_TIME)).isEqualTo(YESTERDAY.toEpochMilli());
    }

    @Test
    void shouldNeverBeNegative() {
        assertThat(extract(new Decoded.Undecodable("not Avro", RAW), -1, NONE_SO_FAR))
                .isZero();
        assertThat(extract(event(Instant.ofEpochMilli(Long.MIN_VALUE)), -1, NONE_SO_FAR))
                .isZero();
        assertThat(extract(event(Instant.ofEpochMilli(Long.MAX_VALUE)), -1, NONE_SO_FAR))
                .isZero();
        assertThat(extract(null, -1, NONE_SO_FAR)).isZero();
    }

    private static Decoded.Event event(Instant occurredAt) {
        return new Decoded.Event(Events.invitation("c1", occurredAt), RAW);
    }

    private long extract(Object value, long timestamp, long partitionTime) {
        return time.extract(
                new ConsumerRecord<>(
                        "touchpoint.invitations.v1",
                        0,
                        7,
                        timestamp,
                        TimestampType.CREATE_TIME,
                        2,
                        1,
                        "c1",
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                partitionTime);
    }
}

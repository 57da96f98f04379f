package io.touchpoint.topics;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.record.TimestampType;

/**
 * How long a topic keeps its records. A broker deletes by record timestamp, and records here carry event time: with a finite
 * retention a replay of last year's data is deleted within minutes. So only topics stamped by the broker get a finite one
 * unless it is asked for.
 */
public enum Lifetime {
    /** The newest value of each key, for ever (compacted). */
    LATEST("compact", TimestampType.CREATE_TIME) {
        @Override
        public Optional<Duration> retention(TopicSettings settings) {
            return Optional.empty();
        }
    },
    /** Every record, by event time. */
    HISTORY("delete", TimestampType.CREATE_TIME) {
        @Override
        public Optional<Duration> retention(TopicSettings settings) {
            return settings.retention();
        }
    },
    /** Every refused record, by arrival. */
    REFUSALS("delete", TimestampType.LOG_APPEND_TIME) {
        @Override
        public Optional<Duration> retention(TopicSettings settings) {
            return settings.rejectedRetention();
        }
    },
    /** Records on their way from one step to the next, by arrival. */
    PASSAGE("delete", TimestampType.LOG_APPEND_TIME) {
        @Override
        public Optional<Duration> retention(TopicSettings settings) {
            return settings.internalRetention();
        }
    },
    /** Few small records that steer a run, by the time they name. */
    SIGNAL("delete", TimestampType.CREATE_TIME) {
        @Override
        public Optional<Duration> retention(TopicSettings settings) {
            return Optional.empty();
        }
    };

    private final String cleanup;
    private final TimestampType timestamps;

    Lifetime(String cleanup, TimestampType timestamps) {
        this.cleanup = cleanup;
        this.timestamps = timestamps;
    }

    /** Empty means without limit. */
    public abstract Optional<Duration> retention(TopicSettings settings);

    /** The broker's {@code cleanup.policy}. */
    public String cleanup() {
        return cleanup;
    }

    /** Whose clock stamps the records. */
    public TimestampType timestamps() {
        return timestamps;
    }
}

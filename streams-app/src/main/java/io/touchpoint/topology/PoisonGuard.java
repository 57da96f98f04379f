package io.touchpoint.topology;

import io.touchpoint.domain.intake.Origin;
import io.touchpoint.domain.intake.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * Stops the pipeline when too large a share of a topic is refused: then a producer or a schema is broken, and emptying the topic into {@code rejected} would help no
 * one. Looks at the newest records of each topic.
 */
final class PoisonGuard {

    /**
     * When to stop.
     *
     * @param share of refused records, 0 to 1, above which to stop
     * @param window how many of the newest records of a topic are looked at
     * @param atLeast how many there must be before anything is judged
     */
    record Limit(double share, int window, int atLeast) {}

    private final Limit limit;
    private final Map<String, Recent> topics = new HashMap<>();

    PoisonGuard(Limit limit) {
        this.limit = limit;
    }

    /** A record of this topic was fit to be looked at, whatever became of it then. */
    void read(String topic) {
        recent(topic).add(false);
    }

    /**
     * A record was refused.
     *
     * @throws StreamsException when the share is above the limit
     */
    void refused(Origin origin, Refusal refusal) {
        var recent = recent(origin.topic());
        recent.add(true);
        if (recent.isAbove(limit)) {
            throw new StreamsException(recent.count + " of the last " + recent.size() + " records of " + origin.topic()
                    + " were refused, more than the limit of " + Math.round(limit.share() * 100)
                    // Not a word of the rejected topic: this transaction is never committed.
                    + " %: the pipeline stops. The last one, " + origin.key() + ", is " + refusal.reason() + ": "
                    + refusal.detail() + ". Mend the producer or raise the limit, and start again");
        }
    }

    private Recent recent(String topic) {
        var recent = topics.get(topic);
        if (recent == null) {
            recent = new Recent(limit.window());
            topics.put(topic, recent);
        }
        return recent;
    }

    private static final class Recent {
        private final boolean[] refused;
        private int seen;
        private int count;

        private Recent(int window) {
            this.refused = new boolean[window];
        }

        void add(boolean poison) {
            int slot = seen % refused.length;
            if (seen >= refused.length && refused[slot]) {
                count--;
            }
            refused[slot] = poison;
            count += poison ? 1 : 0;
            seen++;
            if (seen == 2 * refused.length) {
                seen = refused.length;
            }
        }

        int size() {
            return Math.min(seen, refused.length);
        }

        boolean isAbove(Limit limit) {
            return size() >= limit.atLeast() && count > limit.share() * size();
        }
    }
}

package io.touchpoint.topology;

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

    void read(String topic) {
        recent(topic).add(false, topic);
    }

    /**
     * @throws StreamsException when the share is above the limit
     */
    void refused(String topic) {
        recent(topic).add(true, topic);
    }

    private Recent recent(String topic) {
        var recent = topics.get(topic);
        if (recent == null) {
            recent = new Recent(limit);
            topics.put(topic, recent);
        }
        return recent;
    }

    private static final class Recent {
        private final Limit limit;
        private final boolean[] refused;
        private int seen;
        private int count;

        private Recent(Limit limit) {
            this.limit = limit;
            this.refused = new boolean[limit.window()];
        }

        void add(boolean poison, String topic) {
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
            int of = Math.min(seen, refused.length);
            if (poison && of >= limit.atLeast() && count > limit.share() * of) {
                throw new StreamsException(count + " of the last " + of + " records of " + topic
                        + " were refused, more than the limit of " + Math.round(limit.share() * 100)
                        + " %: the pipeline stops. See the rejected topic for the reasons, mend the producer,"
                        + " or raise the limit, and start again");
            }
        }
    }
}

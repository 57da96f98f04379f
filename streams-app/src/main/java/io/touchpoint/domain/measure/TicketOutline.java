package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import java.util.List;

/**
 * A support ticket as the measures see it. Times are epoch milliseconds, {@link #NEVER} where there is none.
 *
 * @param channel how the customer wrote first
 * @param turns when it was opened, closed, opened again and so on, in turn
 * @param opened its first OPENED, from which durations are measured
 * @param replied the first reply of an agent from then on
 * @param resolved its last RESOLVED
 * @param reopened whether it was ever reopened
 */
public record TicketOutline(
        String channel, List<Long> turns, long opened, long replied, long resolved, boolean reopened) {

    /** No such step. */
    public static final long NEVER = Long.MIN_VALUE;

    void count(int sign, Names names, FactSink facts) {
        if (!turns.isEmpty()) {
            count(Measures.TICKETS_OPENED.id(), turns.get(0), sign, facts);
        }
        // Each at its own time, so that a period tells how many were open at its end, and not how many of those are
        // open now.
        for (int i = 0; i < turns.size(); i++) {
            count(Measures.TICKETS_OPEN.id(), turns.get(i), i % 2 == 0 ? sign : -sign, facts);
        }
        if (opened != NEVER && replied != NEVER) {
            count(names.firstReply.of(seconds(opened, replied)), replied, sign, facts);
        }
        if (opened != NEVER && resolved >= opened) {
            count(names.resolution.of(seconds(opened, resolved)), resolved, sign, facts);
        }
        if (resolved != NEVER) {
            count(Measures.RESOLVED.id(), resolved, sign, facts);
            if (reopened) {
                count(Measures.REOPENED.id(), resolved, sign, facts);
            }
        }
    }

    /** Takes an open ticket out of those that are open, from then on. */
    void leave(long at, FactSink facts) {
        if (turns.size() % 2 == 1) {
            count(Measures.TICKETS_OPEN.id(), at, -1, facts);
        }
    }

    private static long seconds(long from, long to) {
        return (to - from) / 1_000;
    }

    private void count(String measure, long at, int sign, FactSink facts) {
        facts.fact(measure, Facts.ALL, "", at, sign);
        facts.fact(measure, Dimensions.CHANNEL, channel, at, sign);
    }

    /** The ids that name buckets. */
    static final class Names {
        private final BucketNames firstReply = new BucketNames(Measures.FIRST_REPLY.id());
        private final BucketNames resolution = new BucketNames(Measures.RESOLUTION.id());
    }
}

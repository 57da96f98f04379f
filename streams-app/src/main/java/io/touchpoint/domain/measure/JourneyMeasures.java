package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.Mark;
import java.time.Duration;
import java.util.List;

/**
 * The ways of customers: from each event to the next one, where it comes within 30 days. An event that becomes known late takes back the step over it. Steps of orders and
 * tickets, survey answers with their edits, invitations and clicks count; contact records do not.
 */
final class JourneyMeasures {

    private static final long LONGEST = Duration.ofDays(30).toMillis();
    private static final String STEPS = Measures.JOURNEY_STEPS.id();

    private final BucketNames gap = new BucketNames(Measures.JOURNEY_GAP.id());
    private final String[][] ways = new String[JourneyStep.KINDS][JourneyStep.KINDS];

    JourneyMeasures() {
        for (int from = 0; from < JourneyStep.KINDS; from++) {
            for (int to = 0; to < JourneyStep.KINDS; to++) {
                ways[from][to] = JourneyStep.name(from) + '>' + JourneyStep.name(to);
            }
        }
    }

    /** The nearest steps on both sides of one, as far as they are near enough. */
    private static final class Neighbours {
        private final JourneyStep of;
        private final JourneyStep without;
        private final long from;
        private final long to;
        private long beforeAt = Long.MIN_VALUE;
        private int beforeKind;
        private String beforeId;
        private long afterAt = Long.MAX_VALUE;
        private int afterKind;
        private String afterId;

        Neighbours(JourneyStep of, JourneyStep without) {
            this.of = of;
            this.without = without;
            this.from = of.at() - LONGEST;
            this.to = of.at() + LONGEST;
        }

        Neighbours among(CustomerState state) {
            for (var click : state.getClicks()) {
                offer(click.getAt(), JourneyStep.CLICK, click.getEventId());
            }
            for (var invitation : state.getInvitations()) {
                offer(invitation.getAt(), JourneyStep.INVITATION, invitation.getEventId());
            }
            for (var order : state.getOrders()) {
                List<Mark> marks = order.getMarks();
                for (int i = 0; i < marks.size(); i++) {
                    var mark = marks.get(i);
                    offer(mark.getAt(), JourneyStep.order(mark.getStatus()), mark.getEventId());
                }
            }
            for (var take : state.getTakes()) {
                offer(
                        take.getAt(),
                        JourneyStep.order(take.getCancelled() ? OrderStatus.CANCELLED : OrderStatus.RETURNED),
                        take.getEventId());
            }
            for (var ticket : state.getTickets()) {
                for (var mark : ticket.getMarks()) {
                    offer(mark.getAt(), JourneyStep.ticket(mark.getStatus()), mark.getEventId());
                }
            }
            for (var answer : state.getAnswers()) {
                int kind = JourneyStep.survey(answer.getKind());
                offer(answer.getAt(), kind, answer.getEventId());
                for (var version : answer.getOlderVersions()) {
                    offer(version.getAt(), kind, version.getEventId());
                }
            }
            return this;
        }

        private void offer(long at, int kind, String eventId) {
            if (at < from || at > to || at < beforeAt || at > afterAt) {
                return;
            }
            int side = of.compare(at, kind, eventId);
            if (side == 0 || without != null && without.compare(at, kind, eventId) == 0) {
                return;
            }
            if (side > 0) {
                if (beforeId == null || at > beforeAt || later(at, kind, eventId, beforeAt, beforeKind, beforeId)) {
                    beforeAt = at;
                    beforeKind = kind;
                    beforeId = eventId;
                }
            } else if (afterId == null || at < afterAt || later(afterAt, afterKind, afterId, at, kind, eventId)) {
                afterAt = at;
                afterKind = kind;
                afterId = eventId;
            }
        }

        private static boolean later(long at, int kind, String id, long otherAt, int otherKind, String otherId) {
            return new JourneyStep(at, kind, id).compare(otherAt, otherKind, otherId) > 0;
        }

        JourneyStep before() {
            return beforeId == null ? null : new JourneyStep(beforeAt, beforeKind, beforeId);
        }

        JourneyStep after() {
            return afterId == null ? null : new JourneyStep(afterAt, afterKind, afterId);
        }
    }

    /**
     * Adds a step that the state holds by now.
     *
     * @param newest the newest step before, null when it is not known
     * @return the newest step now, null when it is not known
     */
    JourneyStep added(CustomerState state, JourneyStep step, JourneyStep newest, FactSink facts) {
        if (newest != null && newest.compareTo(step) < 0) {
            way(newest, step, 1, facts);
            return step;
        }
        var neighbours = new Neighbours(step, null).among(state);
        var before = neighbours.before();
        var after = neighbours.after();
        way(before, after, -1, facts);
        way(before, step, 1, facts);
        way(step, after, 1, facts);
        return after == null && newest == null && step.at() >= state.getLastSeen() ? step : newest;
    }

    /** Takes away a step that the state no longer holds, as if another one had not been added yet. */
    void removed(CustomerState state, JourneyStep step, JourneyStep added, FactSink facts) {
        var neighbours = new Neighbours(step, added).among(state);
        var before = neighbours.before();
        var after = neighbours.after();
        way(before, step, -1, facts);
        way(step, after, -1, facts);
        way(before, after, 1, facts);
    }

    private void way(JourneyStep from, JourneyStep to, int sign, FactSink facts) {
        if (from == null || to == null || to.at() - from.at() > LONGEST) {
            return;
        }
        var way = ways[from.kind()][to.kind()];
        var bucket = gap.of((to.at() - from.at()) / 1_000);
        facts.fact(STEPS, Facts.ALL, "", to.at(), sign);
        facts.fact(STEPS, Dimensions.STEP, way, to.at(), sign);
        facts.fact(bucket, Facts.ALL, "", to.at(), sign);
        facts.fact(bucket, Dimensions.STEP, way, to.at(), sign);
    }
}

package io.touchpoint.domain.activation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One batch on its way, request by request, until the platform has answered for every member. What spoils a request is left out where the
 * platform names it, and is searched for by halves where it does not.
 */
public final class Delivery {

    /** So many in a row without one that was taken: it is the request that is wrong, not its members. */
    private static final int ALL_REFUSED = 8;

    /** From so many on a batch of which nobody was taken, each alone for the same reason, speaks of the request too. */
    private static final int SEVERAL = 2;

    /** So often it is taken for the request, until it is taken for the members after all: nothing newer of the audience goes out meanwhile. */
    private static final int DOUBTS = 3;

    private static final Duration BLOCKED_FOR = Duration.ofMinutes(5);
    private static final String EVERY_MEMBER_REFUSED = "EVERY_MEMBER_REFUSED";

    private final Batch batch;
    private final int most;
    private final Backoff backoff;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Map<Identifier, String> refused = new HashMap<>();
    private final Set<Identifier> kept = new HashSet<>();
    private Instant notBefore = Instant.MIN;
    private int failures;
    private boolean anyTaken;
    private boolean anyNamed;
    private int doubts;
    private String trouble = "";

    /** @param most identifiers in a request */
    public Delivery(Batch batch, int most, Backoff backoff) {
        this.batch = batch;
        this.most = most;
        this.backoff = backoff;
        begin();
    }

    private void begin() {
        parts.clear();
        refused.clear();
        kept.clear();
        anyTaken = false;
        anyNamed = false;
        // First who must not see it any more, then who may again.
        cut(true, batch.adds());
        cut(false, batch.removes());
    }

    private void cut(boolean add, List<Identifier> identifiers) {
        for (int from = 0; from < identifiers.size(); from += most) {
            int to = Math.min(from + most, identifiers.size());
            parts.add(new Part(batch.audience(), add, identifiers.subList(from, to)));
        }
    }

    /** What is being delivered. */
    public Batch batch() {
        return batch;
    }

    /** Whether the platform has answered for all of it. */
    public boolean isDone() {
        return parts.isEmpty();
    }

    /** How it ended. */
    public Settlement settlement() {
        return new Settlement(Map.copyOf(refused), Set.copyOf(kept));
    }

    /** The next request, not to be sent before {@link #notBefore}. */
    public Part next() {
        return parts.getFirst();
    }

    /** When the next request may go out. */
    public Instant notBefore() {
        return notBefore;
    }

    /** Failures in a row. */
    public int failures() {
        return failures;
    }

    /** The code of the last failure in a row, empty when there is none. */
    public String trouble() {
        return trouble;
    }

    /**
     * Takes the answer to {@link #next}.
     *
     * @return how long nothing at all should go to the platform, if it asked for that
     */
    public Optional<Duration> take(Answer answer, Instant now) {
        if (answer instanceof Answer.Taken) {
            anyTaken = true;
            parts.removeFirst();
            well();
        } else if (answer instanceof Answer.Spoilt spoilt) {
            leaveOut(spoilt.reasons(), now);
        } else if (answer instanceof Answer.Unclear unclear) {
            halve(unclear.reason(), now);
        } else if (answer instanceof Answer.Mixed mixed) {
            anyTaken = true;
            halve(mixed.reason(), now);
        } else if (answer instanceof Answer.Kept few) {
            keep(few.reason(), now);
        } else if (answer instanceof Answer.Throttled throttled) {
            return Optional.of(fail("THROTTLED", throttled.after(), now));
        } else if (answer instanceof Answer.Failed failed) {
            fail(failed.reason(), failed.after(), now);
        } else if (answer instanceof Answer.Blocked blocked) {
            fail(blocked.reason(), Optional.of(BLOCKED_FOR), now);
        }
        return Optional.empty();
    }

    private void leaveOut(Map<Integer, String> reasons, Instant now) {
        anyNamed = true;
        var part = parts.removeFirst();
        var rest = new ArrayList<Identifier>();
        for (int i = 0; i < part.identifiers().size(); i++) {
            if (reasons.containsKey(i)) {
                refused.put(part.identifiers().get(i), reasons.get(i));
            } else {
                rest.add(part.identifiers().get(i));
            }
        }
        if (!rest.isEmpty()) {
            parts.addFirst(new Part(part.audience(), part.add(), rest));
        }
        well();
        doubt(now);
    }

    private void halve(String reason, Instant now) {
        var part = parts.removeFirst();
        var all = part.identifiers();
        if (all.size() == 1) {
            refused.put(all.get(0), reason);
        } else {
            int half = all.size() / 2;
            parts.addFirst(new Part(part.audience(), part.add(), all.subList(half, all.size())));
            parts.addFirst(new Part(part.audience(), part.add(), all.subList(0, half)));
        }
        well();
        doubt(now);
    }

    /** The removals that follow would fare no better; additions come before them. */
    private void keep(String reason, Instant now) {
        if (next().add()) {
            fail(reason, Optional.of(BLOCKED_FOR), now);
            return;
        }
        while (!parts.isEmpty()) {
            kept.addAll(parts.removeFirst().identifiers());
        }
        well();
    }

    private void doubt(Instant now) {
        if (!anyTaken
                && (refused.size() >= ALL_REFUSED && !parts.isEmpty()
                        || eachAloneForOneReason() && doubts++ < DOUBTS)) {
            fail(EVERY_MEMBER_REFUSED, Optional.of(BLOCKED_FOR), now);
            begin();
        }
    }

    /** All of a batch that is small: one wrong member would have let the others through. Who the platform named is wrong. */
    private boolean eachAloneForOneReason() {
        return parts.isEmpty()
                && !anyNamed
                && refused.size() >= SEVERAL
                && Set.copyOf(refused.values()).size() == 1;
    }

    private void well() {
        failures = 0;
        trouble = "";
        notBefore = Instant.MIN;
    }

    private Duration fail(String reason, Optional<Duration> asked, Instant now) {
        failures++;
        trouble = reason;
        var wait = backoff.after(failures, asked);
        notBefore = now.plus(wait);
        return wait;
    }
}

package io.touchpoint.domain.activation;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a platform said to a request. Reasons are codes: they go to receipts and logs, and repeat nothing of what was sent. */
public sealed interface Answer {

    /** All of it was taken. */
    record Taken() implements Answer {}

    /**
     * Nothing was taken, because of these.
     *
     * @param reasons by the place of the identifier in the request; at least one
     */
    record Spoilt(Map<Integer, String> reasons) implements Answer {}

    /** Something in it is wrong, and the platform did not say what. The rest may have been taken or not. */
    record Unclear(String reason) implements Answer {}

    /** The request was in order and taken, but for some of its members, and the platform did not say which. */
    record Mixed(String reason) implements Answer {}

    /** The platform lets nobody go from this audience for now, since too few would be left; others may come. */
    record Kept(String reason) implements Answer {}

    /**
     * Too much at a time: nothing goes to this platform for a while.
     *
     * @param after what the platform asked for
     */
    record Throttled(Optional<Duration> after) implements Answer {}

    /**
     * It may be taken when it is sent again: the platform failed, or nobody knows whether it got it.
     *
     * @param after what the platform asked for
     */
    record Failed(String reason, Optional<Duration> after) implements Answer {}

    /** This audience takes nothing until somebody has seen to it: no access, flagged. */
    record Blocked(String reason) implements Answer {}
}

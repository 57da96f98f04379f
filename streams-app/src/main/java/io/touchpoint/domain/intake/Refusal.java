package io.touchpoint.domain.intake;

/**
 * Why a record is not applied.
 *
 * @param reason the kind of refusal, as consumers of the rejected topic see it
 * @param detail what was wrong and what was expected, without personal data
 */
public record Refusal(Reason reason, String detail) {

    /** The kinds of refusal. */
    public enum Reason {
        /** The bytes are no record of this topic. */
        UNDECODABLE,
        /** The record breaks a rule of its contract. */
        INVALID,
        /** The key is absent, or is not the customer the record speaks of. */
        WRONG_KEY,
        /** It claims to have happened well after now. */
        FROM_THE_FUTURE,
        /** What it touches is no longer kept. */
        TOO_LATE,
        /** It happened before the erasure of its customer. */
        ERASED
    }
}

package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.Refusal;

/** What became of an event. */
public sealed interface Verdict {

    /** It counts. */
    record Folded() implements Verdict {}

    /** Its business identity was known; of the two the earlier one counts. */
    record Duplicate() implements Verdict {}

    /** It changed nothing. */
    record Refused(Refusal refusal) implements Verdict {}

    /** The one instance of {@link Folded}. */
    Verdict FOLDED = new Folded();

    /** The one instance of {@link Duplicate}. */
    Verdict DUPLICATE = new Duplicate();

    /** {@return a refusal because the state no longer holds what the event touches} */
    static Verdict tooLate(String detail) {
        return new Refused(new Refusal(Refusal.Reason.TOO_LATE, detail));
    }
}

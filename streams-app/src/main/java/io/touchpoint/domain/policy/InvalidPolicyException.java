package io.touchpoint.domain.policy;

import java.io.Serial;

/**
 * A policy value that cannot be used. It names the field as the policy file spells it, relative to the part that refused it, so that
 * whoever read the file can put the way to that part in front.
 */
public final class InvalidPolicyException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    /**
     * @param field the field as the policy file spells it, such as {@code cool-down}
     * @param value the value that was found
     * @param expected what would have been accepted, such as "a number greater than 0"
     */
    public InvalidPolicyException(String field, Object value, String expected) {
        this(field, value + " (expected: " + expected + ")");
    }

    private InvalidPolicyException(String field, String problem) {
        super(field + ": " + problem);
        this.field = field;
        this.problem = problem;
    }

    /** The same problem, seen from the part of the policy that holds this one. */
    public InvalidPolicyException within(String part) {
        return new InvalidPolicyException(part + "." + field, problem);
    }
}

package io.touchpoint.json;

/** One reason why a JSON line is not the record it should be. Carries no free text of the line, so it may be shown and logged. */
public final class JsonRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;

    JsonRecordException(String field, String problem) {
        // No stack trace: it is a verdict on data, and a bad file may hold a million of them.
        super(field.isEmpty() ? problem : field + ": " + problem, null, false, false);
        this.field = field;
        this.problem = problem;
    }

    /** A problem of the line as a whole: what was expected and found. */
    public static JsonRecordException ofLine(String problem) {
        return new JsonRecordException("", problem);
    }

    static JsonRecordException expected(String expectation, String found) {
        return new JsonRecordException("", "expected " + expectation + ", found " + found);
    }

    /** The same problem seen from the value around it: {@code quantity} within {@code lines[2]} is {@code lines[2].quantity}. */
    JsonRecordException within(String outer) {
        if (field.isEmpty()) {
            return new JsonRecordException(outer, problem);
        }
        return new JsonRecordException(outer + (field.startsWith("[") ? "" : ".") + field, problem);
    }

    /** Where in the object, such as {@code lines[2].quantity}; empty when it concerns the line as a whole. */
    public String field() {
        return field;
    }

    /** What was found and what was expected. */
    public String problem() {
        return problem;
    }
}

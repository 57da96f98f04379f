package io.touchpoint.history;

/**
 * A line that could not become a record.
 *
 * @param file name of the file, without its folder
 * @param line counted from 1
 * @param field where in the line's object, such as {@code lines[2].quantity}; empty when it concerns the line as a whole
 * @param problem what was found and what was expected; holds no free text of the line
 */
public record ImportError(String file, long line, String field, String problem) {
    /** For people: {@code orders.jsonl:17: lines[2].quantity: expected …}. */
    public String message() {
        return file + ":" + line + ": " + (field.isEmpty() ? "" : field + ": ") + problem;
    }
}

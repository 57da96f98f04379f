package io.touchpoint.config;

import java.util.List;

/** The configuration is wrong. Names every offending value, where it was given, and what was expected. */
public final class InvalidConfigException extends IllegalArgumentException {

    private final List<String> problems;

    public InvalidConfigException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One per offending value. */
    public List<String> problems() {
        return problems;
    }
}

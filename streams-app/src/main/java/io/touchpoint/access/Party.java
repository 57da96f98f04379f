package io.touchpoint.access;

import java.util.Locale;

/** One who works with the cluster under a name of its own, and what for. */
public enum Party {
    OPERATOR("creates and verifies the topics: `touchpoint topics`"),
    PIPELINE("runs the pipeline: `touchpoint run`"),
    PRODUCER("a system that publishes events"),
    IMPORTER("publishes files of events: `touchpoint import`"),
    READER("looks at KPIs, suppressions and churn signals: `touchpoint watch`"),
    CONNECT("copies the outputs to a warehouse: Kafka Connect with the connectors of deploy/connect"),
    ACTIVATE("takes audience changes to the ad platforms: `touchpoint activate`");

    private final String doc;

    Party(String doc) {
        this.doc = doc;
    }

    /** {@return what it does, in a line} */
    public String doc() {
        return doc;
    }

    /** {@return the name in lower case, as in commands} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return who it is to Kafka unless said otherwise, for example {@code User:touchpoint-pipeline}} */
    public String principal() {
        return "User:touchpoint-" + label();
    }

    @Override
    public String toString() {
        return label();
    }
}

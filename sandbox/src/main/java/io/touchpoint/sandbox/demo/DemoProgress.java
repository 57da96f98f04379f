package io.touchpoint.sandbox.demo;

/** Hears how far the start of a demo is. */
public interface DemoProgress {
    /** What is done before anything can be shown, in this order. */
    enum Stage {
        /** Kafka, the registry, the topics and the bundled files; nothing is counted. */
        STARTING,
        /** The events of the year put on the topics. */
        PUBLISHING
    }

    /**
     * Called now and then, and when a stage begins.
     *
     * @param done events so far
     * @param total events in all; 0 where nothing is counted
     */
    void at(Stage stage, long done, long total);
}

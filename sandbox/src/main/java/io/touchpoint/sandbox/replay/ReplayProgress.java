package io.touchpoint.sandbox.replay;

/** Hears how far a replay is. */
public interface ReplayProgress {
    /** What a replay does, in this order. */
    enum Stage {
        /** Reading and sorting the files; nothing is counted. */
        READING,
        /** Kafka, the registry and the topics; nothing is counted. */
        STARTING,
        /** Events put on the topics. */
        PUBLISHING,
        /** Events taken through the pipeline. */
        FOLDING,
        /** Reading the output topics and writing the files; nothing is counted. */
        WRITING
    }

    /**
     * Called now and then, and when a stage begins.
     *
     * @param done events so far
     * @param total events in all; 0 where nothing is counted
     */
    void at(Stage stage, long done, long total);
}

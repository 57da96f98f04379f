package io.touchpoint.topics;

/** Who writes a topic and who reads it. */
public enum Role {
    /** Written by the producing systems, read by the pipeline. */
    INPUT,
    /** Written by the pipeline for its users. */
    OUTPUT,
    /** Written and read by the pipeline; nobody else should. */
    INTERNAL
}

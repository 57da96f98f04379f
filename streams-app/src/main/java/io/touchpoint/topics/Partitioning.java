package io.touchpoint.topics;

/** Which partition counts a topic is tied to. */
public enum Partitioning {
    /** As many partitions as every other topic that is folded: one task reads the same partition of all. */
    WITH_CUSTOMERS,
    /** Any number. */
    FREE
}

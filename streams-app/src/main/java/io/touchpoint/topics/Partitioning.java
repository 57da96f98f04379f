package io.touchpoint.topics;

/** Which partition counts a topic is tied to. */
public enum Partitioning {
    /** As many partitions as every other topic of the customer fold: one task reads the same partition of all. */
    WITH_CUSTOMERS,
    /** Any number. */
    FREE
}

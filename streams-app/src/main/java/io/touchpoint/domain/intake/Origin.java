package io.touchpoint.domain.intake;

/**
 * Where an input record was read.
 *
 * @param topic the topic
 * @param partition the partition within the topic
 * @param offset the offset within the partition
 */
public record Origin(String topic, int partition, long offset) {

    /** {@return {@code topic/partition/offset}, the key of a rejection} */
    public String key() {
        return topic + "/" + partition + "/" + offset;
    }
}

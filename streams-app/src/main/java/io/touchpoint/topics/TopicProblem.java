package io.touchpoint.topics;

/**
 * What is wrong with a topic on the cluster.
 *
 * @param topic full name
 * @param found what is there
 * @param expected what should be, and why where that is not plain
 */
public record TopicProblem(String topic, String found, String expected) {

    @Override
    public String toString() {
        return topic + ": " + found + " (expected: " + expected + ")";
    }
}

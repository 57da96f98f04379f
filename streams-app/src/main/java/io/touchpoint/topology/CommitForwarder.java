package io.touchpoint.topology;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;

/**
 * Makes forwarding and writing to logged stores legal in the action of a {@link CommitHook}, where neither a node nor a
 * record is current: it puts back the node of the processor that made it, and a record without origin as in a
 * punctuation. The record caches of Kafka Streams do the same when they are flushed.
 */
final class CommitForwarder {
    private final InternalProcessorContext<?, ?> context;
    private final ProcessorNode<?, ?, ?, ?> node;

    private CommitForwarder(InternalProcessorContext<?, ?> context) {
        this.context = context;
        this.node = context.currentNode();
    }

    /**
     * Remembers the processor; to be called in its {@code init}.
     *
     * @throws StreamsException when the context is not one of Kafka Streams' own, or no node is current
     */
    static CommitForwarder of(ProcessorContext<?, ?> context) {
        if (!(context instanceof InternalProcessorContext<?, ?> inner) || inner.currentNode() == null) {
            throw new StreamsException("A CommitForwarder is made in the init of a processor that Kafka Streams runs");
        }
        return new CommitForwarder(inner);
    }

    /**
     * Runs the work as if in a punctuation of the remembered processor; whatever was current before is current again
     * afterwards, also when the work fails.
     *
     * @param timestamp epoch milliseconds for the changelog records of what the work stores
     */
    void during(long timestamp, Runnable work) {
        ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
        ProcessorRecordContext recordBefore = context.recordContext();
        context.setCurrentNode(node);
        context.setRecordContext(new ProcessorRecordContext(timestamp, -1L, -1, null, new RecordHeaders()));
        try {
            work.run();
        } finally {
            context.setRecordContext(recordBefore);
            context.setCurrentNode(nodeBefore);
        }
    }
}

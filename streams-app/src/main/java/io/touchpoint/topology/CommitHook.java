package io.touchpoint.topology;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Runs an action in every commit of its task, before the task's producer is flushed, so that what the action writes to
 * stores or forwards belongs to the same transaction as the offsets that caused it.
 *
 * <p>Kafka Streams has no public hook of the kind. What it has is the flushing of record caches, which happens at
 * exactly that moment: {@code StreamTask.prepareCommit} calls {@code ProcessorStateManager.flushCache} and then {@code
 * RecordCollector.flush}. This store is such a cache, with nothing in it.
 *
 * <p>What to know when using it:
 *
 * <ul>
 *   <li>No node and perhaps no record is current while the action runs: forward and write inside {@link
 *       CommitForwarder#during}.
 *   <li>A commit without anything processed or punctuated since the one before is skipped, and the action with it.
 *   <li>An exception of the action fails the commit: nothing of the transaction is seen, the offsets stay.
 *   <li>A task that is closed after a failure runs the action once more, in a transaction that is then aborted; and it
 *       may run after {@code Processor.close()}. So the action must not depend on what close() releases.
 *   <li>A processor may be initialised again on the same store: register in every {@code init}, the last one counts.
 * </ul>
 */
final class CommitHook implements StateStore, CachedStateStore<Void, Void> {
    private final String name;
    private Runnable action = () -> {};
    private boolean open;

    private CommitHook(String name) {
        this.name = name;
    }

    /**
     * A builder for a hook; connect it to the processor that registers the action.
     *
     * @param name the store's name, unique in the topology
     */
    static StoreBuilder<CommitHook> named(String name) {
        return new Builder(Objects.requireNonNull(name, "name"));
    }

    /** Registers what to run in every commit, in place of what was registered before. */
    void onCommit(Runnable newAction) {
        action = Objects.requireNonNull(newAction, "newAction");
    }

    @Override
    public void flushCache() {
        action.run();
    }

    /** Nothing is cached; the action belongs to a processor that is closed by now, and a new one registers its own. */
    @Override
    public void clearCache() {
        action = () -> {};
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Void, Void> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, (key, value) -> {
            throw new IllegalStateException(name + " has no changelog, yet a record of one was restored");
        });
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private record Builder(String name) implements StoreBuilder<CommitHook> {
        @Override
        public CommitHook build() {
            return new CommitHook(name);
        }

        @Override
        public StoreBuilder<CommitHook> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException(name + " holds nothing that could be logged");
        }

        @Override
        public StoreBuilder<CommitHook> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}

package io.touchpoint.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka and a schema registry on this machine, started together. Whatever ends the process, nothing that was started
 * here stays: {@link #close()} stops it, a shutdown hook calls that on Ctrl-C, and the registry ends itself when this
 * process is killed.
 */
public final class Sandbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);

    private static final int START_LIMIT_SECONDS = 30;

    private final DataFolder folder;
    /** What is to be stopped, the newest first. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private final Thread hook = new Thread(this::stopAll, "sandbox-shutdown");
    private final CountDownLatch started = new CountDownLatch(1);
    private EmbeddedKafka kafka;
    private RegistryServer registry;
    private URI registryUrl;
    private boolean closed;

    private Sandbox(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Starts both servers and returns when they are ready.
     *
     * @throws IllegalStateException when one does not start or the folder is in use; nothing is left running then
     * @throws IllegalArgumentException when the number of brokers is not 1 or 3, or not that of the kept data
     */
    public static Sandbox start(SandboxOptions options) {
        var folder = options.kept().map(DataFolder::kept).orElseGet(DataFolder::temporary);
        var sandbox = new Sandbox(folder);
        Runtime.getRuntime().addShutdownHook(sandbox.hook);
        try {
            sandbox.startServers(options);
        } catch (RuntimeException failed) {
            sandbox.close();
            throw failed;
        }
        return sandbox;
    }

    /** Addresses of the brokers, for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** The registry's Confluent-compatible API, for {@code schema.registry.url}. */
    public URI registryUrl() {
        return registryUrl;
    }

    /** Where the data lives; also a place for the state of what runs on the sandbox. */
    public Path folder() {
        return folder.path();
    }

    /** The brokers, for tests that stop and start them. */
    public EmbeddedKafka kafka() {
        return kafka;
    }

    /** The schema registry that was started here; null when another one is used. */
    public RegistryServer registry() {
        return registry;
    }

    /**
     * Hands over something that uses the sandbox: it is closed before the servers, on {@link #close()} as on Ctrl-C, the
     * last one handed over first.
     *
     * @throws IllegalStateException when the sandbox is closed already; the part is closed then
     */
    public void stopFirst(AutoCloseable part) {
        synchronized (parts) {
            if (!closed) {
                parts.push(part);
                return;
            }
        }
        stop(part);
        throw new IllegalStateException("the sandbox is closed");
    }

    /** Stops everything, and deletes the data unless it is kept. Does nothing the second time but wait for the first. */
    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs already, and finds nothing left to stop.
        }
    }

    private void startServers(SandboxOptions options) {
        try {
            startTogether(options);
        } finally {
            started.countDown();
        }
    }

    private void startTogether(SandboxOptions options) {
        var starting = CompletableFuture.runAsync(() -> options.registry()
                .ifPresentOrElse(
                        url -> registryUrl = url,
                        () -> own(RegistryServer.start(folder.path().resolve("registry")))));
        try {
            own(EmbeddedKafka.start(folder.path().resolve("kafka"), options.brokers(), options.brokerSettings()));
        } finally {
            // Also when Kafka failed: the registry must be known before it can be stopped.
            await(starting);
        }
    }

    private void own(EmbeddedKafka started) {
        kafka = started;
        stopFirst(started);
    }

    private void own(RegistryServer started) {
        registry = started;
        registryUrl = started.url();
        stopFirst(started);
    }

    private synchronized void stopAll() {
        awaitStarted();
        Deque<AutoCloseable> stopping;
        synchronized (parts) {
            closed = true;
            stopping = new ArrayDeque<>(parts);
            parts.clear();
        }
        stopping.forEach(Sandbox::stop);
        folder.close();
    }

    /** A Ctrl-C may come while the servers start. What has half started cannot be stopped, so that is waited for. */
    private void awaitStarted() {
        try {
            if (!started.await(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The servers did not finish starting within {} s", START_LIMIT_SECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            // The rest must be stopped too.
            LOG.error("Could not stop {}", part.getClass().getSimpleName(), failed);
        }
    }

    private static void await(CompletableFuture<Void> starting) {
        try {
            starting.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }
}

package io.touchpoint.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One broker, the first one controller too. It can be stopped and started again at the same address. */
final class KafkaNode {

    static final String HOST = "127.0.0.1";

    private static final int CONTROLLER_ID = 1;

    private final int id;
    private final String clusterId;
    private final Path folder;
    private final KafkaConfig config;
    private KafkaRaftServer server;

    KafkaNode(
            int id,
            String clusterId,
            Path folder,
            int port,
            OptionalInt securedPort,
            int controllerPort,
            int replicas,
            Map<String, String> settings) {
        this.id = id;
        this.clusterId = clusterId;
        this.folder = folder;
        var all = new HashMap<>(identity(id, folder, port, controllerPort));
        securedPort.ifPresent(secured -> addListener(all, secured));
        all.putAll(replication(replicas));
        if (id == CONTROLLER_ID) {
            all.put("default.replication.factor", Integer.toString(replicas));
        }
        all.putAll(sandbox());
        all.putAll(settings);
        this.config = new KafkaConfig(all, false);
    }

    /**
     * Starts the broker and waits until it accepts requests. Does nothing when it runs.
     *
     * @throws IllegalStateException when it does not start
     */
    synchronized void start() {
        if (server != null) {
            return;
        }
        format();
        var starting = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException failed) {
            starting.shutdown();
            throw new IllegalStateException("Kafka broker " + id + " did not start: " + failed.getMessage(), failed);
        }
        server = starting;
    }

    /** As {@link #start()}, with the failure as a value. */
    Optional<RuntimeException> tryStart() {
        try {
            start();
            return Optional.empty();
        } catch (RuntimeException failed) {
            return Optional.of(failed);
        }
    }

    /** Stops the broker and waits until it is down. Does nothing when it does not run. */
    synchronized void stop() {
        if (server == null) {
            return;
        }
        server.shutdown();
        server.awaitShutdown();
        server = null;
    }

    private void format() {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        var said = new ByteArrayOutputStream();
        try {
            Files.createDirectories(folder);
            new Formatter()
                    .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                    .setClusterId(clusterId)
                    .setNodeId(id)
                    .addDirectory(folder.toString())
                    .setMetadataLogDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .run();
        } catch (Exception failed) {
            throw new IllegalStateException(
                    "cannot prepare " + folder + " for Kafka: " + failed.getMessage() + " "
                            + said.toString(StandardCharsets.UTF_8).strip(),
                    failed);
        }
    }

    private static Map<String, String> identity(int id, Path folder, int port, int controllerPort) {
        var isController = id == CONTROLLER_ID;
        var address = "PLAINTEXT://" + HOST + ":" + port;
        return Map.of(
                "node.id",
                Integer.toString(id),
                "process.roles",
                isController ? "broker,controller" : "broker",
                "listeners",
                isController ? address + ",CONTROLLER://" + HOST + ":" + controllerPort : address,
                "advertised.listeners",
                address,
                "inter.broker.listener.name",
                "PLAINTEXT",
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                CONTROLLER_ID + "@" + HOST + ":" + controllerPort,
                "log.dirs",
                folder.toString());
    }

    private static void addListener(Map<String, String> identity, int port) {
        var address = ",CLIENTS://" + HOST + ":" + port;
        identity.merge("listeners", address, String::concat);
        identity.merge("advertised.listeners", address, String::concat);
        identity.merge("listener.security.protocol.map", ",CLIENTS:SASL_SSL", String::concat);
    }

    private static Map<String, String> replication(int replicas) {
        var factor = Integer.toString(replicas);
        var inSync = Integer.toString(replicas == 1 ? 1 : replicas - 1);
        return Map.of(
                "min.insync.replicas", inSync,
                "offsets.topic.replication.factor", factor,
                "transaction.state.log.replication.factor", factor,
                "transaction.state.log.min.isr", inSync,
                "share.coordinator.state.topic.replication.factor", factor,
                "share.coordinator.state.topic.min.isr", inSync);
    }

    private static Map<String, String> sandbox() {
        var settings = new HashMap<String, String>();
        settings.put("auto.create.topics.enable", "false");
        // Records carry the time of the event: with a limit, a replay of last year would be deleted as it arrives.
        settings.put("log.retention.ms", "-1");
        // Half of the start-up is waiting for heartbeats of the default 2 s; 100 ms is too tight on a busy machine.
        settings.put("broker.heartbeat.interval.ms", "250");
        // After a crash a broker is let in again when the session of its former life is over, by default 9 s.
        settings.put("broker.session.timeout.ms", "4000");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // The defaults of 50 partitions and a 128 MiB cleaner map are for clusters, not for a laptop.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 * 1024 * 1024));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
        return settings;
    }
}

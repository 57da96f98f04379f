package io.touchpoint.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;

/**
 * Kafka brokers in KRaft mode inside this process, reachable from this machine only. One node, or three of which the
 * first is the controller too. Records are kept for ever, since they carry the time of the event. The data of a folder
 * can be opened again with other ports.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final String CLUSTER_ID_FILE = "cluster.id";

    private final Path folder;
    private final String clusterId;
    private final List<Integer> ports;
    private final List<Integer> securedPorts;
    private final Map<Integer, KafkaNode> nodes = new TreeMap<>();

    private EmbeddedKafka(Path folder, String clusterId, List<Integer> ports, List<Integer> securedPorts) {
        this.folder = folder;
        this.clusterId = clusterId;
        this.ports = ports;
        this.securedPorts = securedPorts;
    }

    /**
     * Starts the brokers and returns when each accepts requests.
     *
     * @param folder where the data lives; created when absent, resumed when it holds a cluster of the same size
     * @param brokers 1 or 3
     * @param settings broker settings that replace or add to the sandbox's own
     * @throws IllegalArgumentException when the number of brokers is neither 1 nor 3 or not that of the folder
     * @throws IllegalStateException when a broker does not start
     */
    public static EmbeddedKafka start(Path folder, int brokers, Map<String, String> settings) {
        return start(folder, brokers, settings, List.of());
    }

    /**
     * As {@link #start}, with one more listener on each broker, {@code CLIENTS}, which speaks {@code SASL_SSL}: what it takes for that, users
     * and certificates, is among the settings, under {@code listener.name.clients.}
     */
    public static EmbeddedKafka startSecured(Path folder, int brokers, Map<String, String> settings) {
        return start(folder, brokers, settings, FreePorts.find(brokers));
    }

    private static EmbeddedKafka start(
            Path folder, int brokers, Map<String, String> settings, List<Integer> securedPorts) {
        if (brokers != 1 && brokers != 3) {
            throw new IllegalArgumentException("brokers: " + brokers + " (expected: 1 or 3)");
        }
        BrokerLogging.quiet();
        // One port more than there are brokers: the last is the controller's.
        var kafka = new EmbeddedKafka(folder, clusterId(folder, brokers), FreePorts.find(brokers + 1), securedPorts);
        for (int id = 1; id <= brokers; id++) {
            kafka.nodes.put(id, kafka.node(id, settings));
        }
        try {
            kafka.startAll();
        } catch (RuntimeException failed) {
            kafka.close();
            throw failed;
        }
        return kafka;
    }

    /** Addresses of all brokers, for {@code bootstrap.servers}; those that are stopped included. */
    public String bootstrapServers() {
        return ports.subList(0, nodes.size()).stream()
                .map(port -> KafkaNode.HOST + ":" + port)
                .collect(Collectors.joining(","));
    }

    /** Addresses of the listeners for clients that show who they are; empty when there are none. */
    public String securedServers() {
        return securedPorts.stream().map(port -> KafkaNode.HOST + ":" + port).collect(Collectors.joining(","));
    }

    /** How many brokers the cluster has, whether they run or not. */
    public int brokers() {
        return nodes.size();
    }

    /** Identifier of the cluster, the same after it was resumed. */
    public String clusterId() {
        return clusterId;
    }

    /**
     * Stops one broker and leaves the others running.
     *
     * @param id 1 to {@link #brokers()}; 1 is the controller, without which no topic changes and no leader is elected
     * @throws IllegalArgumentException when there is no such broker
     */
    public void stopBroker(int id) {
        known(id).stop();
    }

    /**
     * Starts a broker that was stopped, at the same address and with its data.
     *
     * @param id 1 to {@link #brokers()}
     * @throws IllegalArgumentException when there is no such broker
     */
    public void startBroker(int id) {
        known(id).start();
    }

    /** Stops all brokers, the controller last. Does nothing the second time. */
    @Override
    public void close() {
        nodes.entrySet().stream()
                .sorted(Map.Entry.<Integer, KafkaNode>comparingByKey().reversed())
                .forEach(node -> node.getValue().stop());
    }

    private void startAll() {
        // Together, since a broker that is alone waits for the controller, and the controller starts with broker 1:
        // each in a thread of its own, for a pool may have too few.
        var starting = nodes.values().stream()
                .map(node -> CompletableFuture.supplyAsync(node::tryStart, start -> new Thread(start).start()))
                .toList();
        var failures = starting.stream()
                .map(CompletableFuture::join)
                .flatMap(Optional::stream)
                .toList();
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private KafkaNode node(int id, Map<String, String> settings) {
        var replicas = Math.min(ports.size() - 1, 3);
        return new KafkaNode(
                id,
                clusterId,
                folder.resolve("broker-" + id),
                ports.get(id - 1),
                securedPorts.isEmpty() ? OptionalInt.empty() : OptionalInt.of(securedPorts.get(id - 1)),
                ports.get(ports.size() - 1),
                replicas,
                settings);
    }

    private KafkaNode known(int id) {
        var node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("broker: " + id + " (expected: 1 to " + nodes.size() + ")");
        }
        return node;
    }

    private static String clusterId(Path folder, int brokers) {
        try {
            Files.createDirectories(folder);
            var file = folder.resolve(CLUSTER_ID_FILE);
            if (Files.exists(file)) {
                requireSameSize(folder, brokers);
                return Files.readString(file).strip();
            }
            var id = Uuid.randomUuid().toString();
            Files.writeString(file, id);
            return id;
        } catch (IOException unusable) {
            throw new UncheckedIOException("cannot use " + folder + " for Kafka's data", unusable);
        }
    }

    private static void requireSameSize(Path folder, int brokers) {
        var found = (int) IntStream.rangeClosed(1, 3)
                .filter(id -> Files.isDirectory(folder.resolve("broker-" + id)))
                .count();
        if (found != 0 && found != brokers) {
            throw new IllegalArgumentException(
                    "brokers: " + brokers + " (expected: " + found + ", as in the data of " + folder + ")");
        }
    }
}

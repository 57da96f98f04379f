package io.touchpoint.sandbox.bench;

import io.touchpoint.sandbox.Sandbox;
import io.touchpoint.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A sandbox in a process of its own, so that the broker's work is not counted as the pipeline's. */
final class BrokerProcess implements AutoCloseable {

    private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx1g", "-XX:+UseG1GC");
    private static final String SEPARATOR = " ";

    /** Retention is not what is measured; a cleaner that starts now and then would be. */
    private static final Map<String, String> BROKER =
            Map.of("log.cleaner.min.compaction.lag.ms", Long.toString(Long.MAX_VALUE));

    private final ChildJvm jvm;
    private final String bootstrapServers;
    private final String registryUrl;
    private final Path folder;

    private BrokerProcess(ChildJvm jvm, String[] facts) {
        this.jvm = jvm;
        this.bootstrapServers = facts[0];
        this.registryUrl = facts[1];
        this.folder = Path.of(facts[2]);
    }

    /** Starts the process and waits until broker and registry are ready. */
    static BrokerProcess start() {
        var jvm = ChildJvm.start(BrokerProcess.class, FLAGS, List.of());
        try {
            return new BrokerProcess(jvm, jvm.answer().split(SEPARATOR, 3));
        } catch (RuntimeException failed) {
            jvm.close();
            throw failed;
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    String registryUrl() {
        return registryUrl;
    }

    /** {@return processor time so far} */
    Duration cpu() {
        return jvm.cpu();
    }

    /** A folder that is deleted with the broker's data. */
    Path folder() {
        return folder;
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** Runs the sandbox until the standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (var sandbox = Sandbox.start(SandboxOptions.temporary().withBrokerSettings(BROKER))) {
            ChildJvm.reply(String.join(
                    SEPARATOR,
                    sandbox.bootstrapServers(),
                    sandbox.registryUrl().toString(),
                    sandbox.folder().toString()));
            while (System.in.read() >= 0) {
                // Nobody writes to it; what counts is its end.
            }
        }
        System.exit(0);
    }
}

package io.touchpoint.sandbox;

import io.touchpoint.config.AppConfig;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.registry.SchemaRegistry;
import io.touchpoint.topics.Subjects;
import io.touchpoint.topics.TopicProblem;
import io.touchpoint.topics.TopicProvisioner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;

/** A sandbox with the pipeline's topics and schemas, and the configuration of a pipeline that runs on it. */
public final class PipelineSandbox implements AutoCloseable {

    private static final String PARTITIONS = "4";

    private final Sandbox sandbox;
    private final AppConfig config;

    private PipelineSandbox(Sandbox sandbox, AppConfig config) {
        this.sandbox = sandbox;
        this.config = config;
    }

    /**
     * Starts the servers, creates what is missing on them, and returns when a pipeline could run.
     *
     * @param settings of the pipeline, over those that a sandbox needs
     * @throws IllegalStateException when a server does not start, the folder is in use, or kept topics or schemas do not suit
     *     the pipeline; nothing is left running then
     */
    public static PipelineSandbox start(SandboxOptions options, Map<String, String> settings) {
        Sandbox sandbox = Sandbox.start(options);
        try {
            AppConfig config = config(sandbox, options.brokers(), settings);
            createTopics(config);
            registerSchemas(config);
            return new PipelineSandbox(sandbox, config);
        } catch (RuntimeException failed) {
            sandbox.close();
            throw failed;
        }
    }

    /** Brokers, registry and folder. */
    public Sandbox servers() {
        return sandbox;
    }

    /** For the pipeline and all clients. */
    public AppConfig config() {
        return config;
    }

    @Override
    public void close() {
        sandbox.close();
    }

    // Not the environment: what configures the production pipeline is not for the one on this machine.
    private static AppConfig config(Sandbox sandbox, int brokers, Map<String, String> over) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bootstrap.servers", sandbox.bootstrapServers());
        settings.put("registry.url", sandbox.registryUrl().toString());
        settings.put("topics.partitions", PARTITIONS);
        settings.put("topics.replication", Integer.toString(brokers));
        // A history of any age may be published here before a pipeline reads it.
        settings.put("topics.compaction-lag", "unlimited");
        settings.put("streams.standbys", "0");
        settings.put("streams.state-dir", sandbox.folder().resolve("streams").toString());
        settings.putAll(over);
        return AppConfig.read(Optional.empty(), Map.of(), settings);
    }

    private static void createTopics(AppConfig config) {
        try (Admin admin = Admin.create(config.kafka().admin())) {
            TopicProvisioner provisioner = new TopicProvisioner(admin, config.topics());
            provisioner.create();
            failOn(provisioner.verify());
        }
    }

    /** Before the pipeline needs them: its threads would all register the same new subjects at once, and some be refused. */
    private static void registerSchemas(AppConfig config) {
        try (SchemaRegistry registry = new HttpSchemaRegistry(config.serde().registry())) {
            failOn(new Subjects(registry).register());
        }
    }

    private static void failOn(List<TopicProblem> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.get(0).toString());
        }
    }
}

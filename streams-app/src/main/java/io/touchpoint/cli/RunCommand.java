package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.Subjects;
import io.touchpoint.topics.TopicProblem;
import io.touchpoint.topics.TopicProvisioner;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the pipeline against a cluster until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Run the pipeline against a Kafka cluster until Ctrl-C or SIGTERM.",
            "",
            "The topics must be there, see 'touchpoint topics create', and so should be the history to begin with, see"
                    + " 'touchpoint import': time is that of the events until the pipeline has read those of the last ten seconds,"
                    + " or has found nothing to read for as long, and from then on that of the wall clock. Says how it is on /health and /metrics. Exit"
                    + " code 1 when the pipeline stops by itself.",
            ""
        })
public final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    private final Map<String, String> environment;

    /** The command, with the environment of this process. */
    public RunCommand() {
        this(System.getenv());
    }

    RunCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            var config = options.read(environment);
            var policy = config.policyFile().map(PolicyFile::read).orElseGet(PolicyFile::shipped);
            return start(config, policy);
        } catch (IllegalArgumentException wrong) {
            // Settings or policy.
            return failed(wrong.getMessage(), ExitCode.USAGE);
        }
    }

    private int start(AppConfig config, Policy policy) throws InterruptedException {
        try {
            return topicsAreReady(config) && subjectsAreReady(config) ? run(config, policy) : ExitCode.SOFTWARE;
        } catch (KafkaException away) {
            // The cluster or the registry, or one that refuses us.
            return failed(ClusterFailure.words(away, config), ExitCode.SOFTWARE);
        } catch (IllegalStateException unheard) {
            // Nobody could be told how the pipeline is.
            return failed(unheard.getMessage(), ExitCode.SOFTWARE);
        }
    }

    private boolean topicsAreReady(AppConfig config) {
        // A cluster that is away takes a minute to be given up.
        out().println("Looking at the topics on " + config.kafka().bootstrapServers() + " ...");
        out().flush();
        try (var admin = Admin.create(config.kafka().admin())) {
            return areNone(new TopicProvisioner(admin, config.topics()).verify());
        }
    }

    /** Else a wrong address shows with the first record, and a schema that is refused with the first decision. */
    private boolean subjectsAreReady(AppConfig config) {
        if (config.serde().foreign().isPresent()) {
            return true;
        }
        try (var registry = new HttpSchemaRegistry(config.serde().registry())) {
            return areNone(new Subjects(registry).verify());
        }
    }

    private boolean areNone(List<TopicProblem> problems) {
        problems.forEach(problem -> err().println(problem));
        if (!problems.isEmpty()) {
            err().println("The pipeline does not start on topics that would lose, mix up or refuse records.");
        }
        return problems.isEmpty();
    }

    private int run(AppConfig config, Policy policy) throws InterruptedException {
        try (RecordSerdes serdes = config.serde().open();
                var pipeline = Pipeline.start(config, policy, serdes, InstantSource.system());
                var operations = OperationsServer.start(config, policy, serdes, pipeline)) {
            out().println("Running as " + config.kafka().applicationId() + " on "
                    + config.kafka().bootstrapServers() + " with policy " + policy.version());
            out().println("Dashboard, queries, health and metrics: http://"
                    + config.http().host() + ":" + operations.port() + "/");
            out().flush();
            var stop = new Thread(pipeline::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            pipeline.awaitStop();
            return pipeline.failure()
                    .map(failure -> failed("The pipeline stopped: " + Pipeline.cause(failure), ExitCode.SOFTWARE))
                    .orElse(ExitCode.OK);
        }
    }

    private int failed(String why, int exitCode) {
        err().println(why);
        return exitCode;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

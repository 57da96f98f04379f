package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.InvalidConfigException;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.InvalidPolicyException;
import io.touchpoint.queries.OperationsServer;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.serdes.RecordSerdes;
import io.touchpoint.topics.TopicProvisioner;
import java.io.PrintWriter;
import java.time.InstantSource;
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

    @Override
    public Integer call() throws InterruptedException {
        try {
            var config = options.read(System.getenv());
            return topicsAreReady(config) ? run(config) : ExitCode.SOFTWARE;
        } catch (InvalidConfigException | InvalidPolicyException e) {
            err().println(e.getMessage());
            return ExitCode.USAGE;
        } catch (KafkaException e) {
            err().println(Pipeline.cause(e));
            return ExitCode.SOFTWARE;
        }
    }

    private boolean topicsAreReady(AppConfig config) {
        try (var admin = Admin.create(config.kafka().admin())) {
            var problems = new TopicProvisioner(admin, config.topics()).verify();
            problems.forEach(problem -> err().println(problem));
            if (!problems.isEmpty()) {
                err().println("The pipeline does not start on topics that would lose or mix up records."
                        + " 'touchpoint topics create' makes the missing ones.");
            }
            return problems.isEmpty();
        }
    }

    private int run(AppConfig config) throws InterruptedException {
        var policy = config.policyFile().map(PolicyFile::read).orElseGet(PolicyFile::shipped);
        try (RecordSerdes serdes = config.serde().open();
                var pipeline = Pipeline.start(config, policy, serdes, InstantSource.system());
                var operations = OperationsServer.start(config.http(), pipeline)) {
            out().println("Running as " + config.kafka().applicationId() + " on "
                    + config.kafka().bootstrapServers() + " with policy " + policy.version());
            out().println("Health and metrics: http://" + config.http().host() + ":" + operations.port() + "/health");
            out().flush();
            var stop = new Thread(pipeline::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            pipeline.awaitStop();
            return pipeline.failure().map(this::failed).orElse(ExitCode.OK);
        }
    }

    private int failed(Throwable failure) {
        err().println("The pipeline stopped: " + Pipeline.cause(failure));
        return ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

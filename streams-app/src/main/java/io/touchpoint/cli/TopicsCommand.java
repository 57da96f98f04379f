package io.touchpoint.cli;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.InvalidConfigException;
import io.touchpoint.registry.HttpSchemaRegistry;
import io.touchpoint.topics.Subjects;
import io.touchpoint.topics.TopicOnBroker;
import io.touchpoint.topics.TopicProblem;
import io.touchpoint.topics.TopicProvisioner;
import io.touchpoint.topics.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows, creates and verifies the topics and subjects of the pipeline on a cluster. */
@Command(
        name = "topics",
        subcommands = AclsCommand.class,
        mixinStandardHelpOptions = true,
        description = {
            "Show, create or verify the topics and their schemas on a cluster.",
            "",
            "show lists the topics as they are; create makes the missing ones, registers the schemas, then verifies;"
                    + " verify says exactly what is wrong. An existing topic is never altered. Exit code 1 when"
                    + " something is wrong.",
            ""
        })
public final class TopicsCommand implements Callable<Integer> {

    /** What to do with the topics. */
    enum Action {
        show,
        create,
        verify
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Parameters(
            arity = "0..1",
            defaultValue = "show",
            paramLabel = "ACTION",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Action action;

    @Option(names = "--no-registry", description = "Leave the schema registry alone.")
    private boolean withoutRegistry;

    private final Map<String, String> environment;

    /** The command, with the environment of this process. */
    public TopicsCommand() {
        this(System.getenv());
    }

    TopicsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            return run(options.read(environment));
        } catch (InvalidConfigException e) {
            err().println(e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int run(AppConfig config) {
        try (var admin = Admin.create(config.kafka().admin())) {
            return run(config, new TopicProvisioner(admin, config.topics()));
        } catch (KafkaException away) {
            // The cluster or the registry, or one that refuses us.
            err().println(ClusterFailure.words(away, config));
            return ExitCode.SOFTWARE;
        }
    }

    private int run(AppConfig config, TopicProvisioner topics) {
        return switch (action) {
            case show -> show(topics.found());
            case create -> create(config, topics);
            case verify -> report(verify(config, topics));
        };
    }

    private int show(Map<String, TopicOnBroker> found) {
        int widest = Topics.all().stream()
                .mapToInt(topic -> topic.name().length())
                .max()
                .orElse(0);
        var row = "%-" + widest + "s  %-8s  %10s  %8s  %-12s  %s%n";
        out().printf(row, "TOPIC", "ROLE", "PARTITIONS", "COPIES", "CLEANUP", "RETENTION");
        for (var topic : Topics.all()) {
            var role = topic.role().name().toLowerCase(Locale.ROOT);
            var there = found.get(topic.name());
            if (there == null) {
                out().printf(row, topic.name(), role, "-", "-", "missing", "");
            } else {
                var configs = there.configs();
                out().printf(
                                row,
                                topic.name(),
                                role,
                                there.partitions(),
                                there.replication(),
                                configs.get(TopicConfig.CLEANUP_POLICY_CONFIG),
                                retention(configs));
            }
        }
        return ExitCode.OK;
    }

    private static String retention(Map<String, String> configs) {
        if ("compact".equals(configs.get(TopicConfig.CLEANUP_POLICY_CONFIG))) {
            return "newest of each key";
        }
        var millis = configs.get(TopicConfig.RETENTION_MS_CONFIG);
        return "-1".equals(millis)
                ? "unlimited"
                : Duration.ofMillis(Long.parseLong(millis)).toString();
    }

    private int create(AppConfig config, TopicProvisioner topics) {
        var created = topics.create();
        created.forEach(name -> out().println("created " + name));
        out().println(created.size() + " created, " + (Topics.all().size() - created.size()) + " were there");
        var problems = new ArrayList<>(topics.verify());
        if (!withoutRegistry) {
            try (var registry = new HttpSchemaRegistry(config.serde().registry())) {
                problems.addAll(new Subjects(registry).register());
            }
        }
        return report(problems);
    }

    private List<TopicProblem> verify(AppConfig config, TopicProvisioner topics) {
        var problems = new ArrayList<>(topics.verify());
        if (!withoutRegistry) {
            try (var registry = new HttpSchemaRegistry(config.serde().registry())) {
                problems.addAll(new Subjects(registry).verify());
            }
        }
        return problems;
    }

    private int report(List<TopicProblem> problems) {
        if (problems.isEmpty()) {
            out().println("all " + Topics.all().size() + " topics are as declared");
            return ExitCode.OK;
        }
        problems.forEach(problem -> err().println(problem));
        err().println(problems.size() + (problems.size() == 1 ? " problem" : " problems"));
        return ExitCode.SOFTWARE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}

package io.touchpoint.cli;

import io.touchpoint.access.Grants;
import io.touchpoint.access.Party;
import io.touchpoint.config.AppConfig;
import io.touchpoint.config.InvalidConfigException;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.SecurityUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints or makes the grants that each party needs on a cluster with an authorizer. */
@Command(
        name = "acls",
        mixinStandardHelpOptions = true,
        description = {
            "The least that the pipeline and those around it must be allowed on a cluster with an authorizer.",
            "",
            "Prints calls of Kafka's kafka-acls.sh; with --apply makes the grants itself, for which the cluster must let it"
                    + " alter ACLs. A grant that is there stays, and none is ever taken away.",
            ""
        })
public final class AclsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Parameters(arity = "0..*", paramLabel = "PARTY", description = "Some of ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Party> parties = List.of(Party.values());

    @Option(
            names = "--principal",
            paramLabel = "PARTY=PRINCIPAL",
            description = "Who a party is to Kafka, for example pipeline=User:CN=touchpoint; may be repeated. Default:"
                    + " User:touchpoint-PARTY.")
    private final Map<Party, String> principals = new EnumMap<>(Party.class);

    @Option(names = "--apply", description = "Make the grants rather than print them.")
    private boolean apply;

    private final Map<String, String> environment;

    /** The command, with the environment of this process. */
    public AclsCommand() {
        this(System.getenv());
    }

    AclsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            var config = options.read(environment);
            principals.forEach((party, principal) -> check(principal));
            return apply ? apply(config) : print(config);
        } catch (InvalidConfigException e) {
            return failed(e.getMessage(), ExitCode.USAGE);
        } catch (IllegalArgumentException noPrincipal) {
            return failed("--principal: " + noPrincipal.getMessage(), ExitCode.USAGE);
        }
    }

    private static void check(String principal) {
        SecurityUtils.parseKafkaPrincipal(principal);
    }

    private int print(AppConfig config) {
        var grants = new Grants(config.kafka().applicationId());
        for (var party : parties) {
            out().println("# " + party + ": " + party.doc());
            grants.commands(party, principal(party), config.kafka().bootstrapServers())
                    .forEach(out()::println);
        }
        out().flush();
        return ExitCode.OK;
    }

    private int apply(AppConfig config) {
        var grants = new Grants(config.kafka().applicationId());
        try (var admin = Admin.create(config.kafka().admin())) {
            for (var party : parties) {
                var bindings = grants.of(party).stream()
                        .flatMap(grant -> grant.bindings(principal(party)).stream())
                        .toList();
                admin.createAcls(bindings).all().get();
                out().println(principal(party) + " may do what the " + party + " must: " + bindings.size() + " grants");
            }
            return ExitCode.OK;
        } catch (ExecutionException refused) {
            var cause =
                    refused.getCause() instanceof KafkaException away ? away : new KafkaException(refused.getCause());
            return failed("cannot make the grants: " + ClusterFailure.words(cause, config), ExitCode.SOFTWARE);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        } catch (KafkaException away) {
            return failed(ClusterFailure.words(away, config), ExitCode.SOFTWARE);
        } finally {
            out().flush();
        }
    }

    private String principal(Party party) {
        return principals.getOrDefault(party, party.principal());
    }

    private int failed(String why, int exitCode) {
        spec.commandLine().getErr().println(why);
        return exitCode;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

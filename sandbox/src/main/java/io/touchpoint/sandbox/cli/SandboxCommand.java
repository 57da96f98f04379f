package io.touchpoint.sandbox.cli;

import io.touchpoint.sandbox.PipelineSandbox;
import io.touchpoint.sandbox.SandboxOptions;
import io.touchpoint.sandbox.warehouse.Warehouse;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kafka and a schema registry to try things on. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = {
            "Run Kafka and a schema registry on this machine, with the topics and schemas of the pipeline, until Ctrl-C.",
            "",
            "For trying the other commands, or your own producers and consumers. Only this machine can reach it.",
            ""
        })
public final class SandboxCommand implements Callable<Integer> {
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--brokers",
            paramLabel = "1|3",
            defaultValue = "1",
            description = "Kafka brokers, 1 or 3. Default: ${DEFAULT-VALUE}.")
    private int brokers;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep the data in DIR, and go on from there the next time. Default: nothing is kept.")
    private Path keep;

    @Option(
            names = "--with-warehouse",
            description = "Start PostgreSQL and Kafka Connect too: what a pipeline publishes here becomes rows.")
    private boolean withWarehouse;

    @Override
    public Integer call() throws Exception {
        if (brokers != 1 && brokers != 3) {
            throw new ParameterException(spec.commandLine(), "--brokers: " + brokers + " (expected: 1 or 3)");
        }
        try {
            return Ending.orCutOff(this::runUntilStopped);
        } catch (IllegalArgumentException wrong) {
            return failed(wrong, ExitCode.USAGE);
        } catch (KafkaException | IllegalStateException | UncheckedIOException failed) {
            return failed(failed, ExitCode.SOFTWARE);
        }
    }

    private int failed(RuntimeException why, int exitCode) {
        spec.commandLine().getErr().println("sandbox: " + why.getMessage());
        return exitCode;
    }

    private int runUntilStopped() throws InterruptedException {
        SandboxOptions options =
                (keep == null ? SandboxOptions.temporary() : SandboxOptions.keptIn(keep)).withBrokers(brokers);
        try (PipelineSandbox sandbox = PipelineSandbox.start(options, Map.of())) {
            sandbox.servers().stopFirst(stopped::countDown);
            Optional<Warehouse> warehouse =
                    withWarehouse ? Optional.of(Warehouse.start(sandbox.servers())) : Optional.empty();
            warehouse.ifPresent(sandbox.servers()::stopFirst);
            describe(sandbox, warehouse);
            stopped.await();
            return ExitCode.OK;
        }
    }

    private void describe(PipelineSandbox sandbox, Optional<Warehouse> warehouse) {
        String kafka = sandbox.servers().bootstrapServers();
        String registry = sandbox.servers().registryUrl().toString();
        String flags =
                "--bootstrap-servers " + kafka + " --registry " + registry + " --set topics.replication=" + brokers;
        PrintWriter out = spec.commandLine().getOut();
        out.println("Kafka     " + kafka);
        out.println("Registry  " + registry);
        out.println("Data      " + sandbox.servers().folder() + (keep == null ? ", deleted at the end" : ""));
        warehouse.ifPresent(parts -> WarehouseText.addresses(parts).forEach(out::println));
        out.println();
        out.println("Try, in another terminal:");
        out.println();
        out.println("./touchpoint topics " + flags);
        out.println("./touchpoint run " + flags + " --set streams.standbys=0 --set streams.state-dir="
                + sandbox.servers().folder().resolve("streams"));
        out.println("./touchpoint import orders.jsonl " + flags);
        out.println("curl " + registry + "/subjects");
        warehouse.ifPresent(parts -> out.println(WarehouseText.query(parts)));
        out.println();
        out.println("Ctrl-C stops everything.");
        out.flush();
    }
}

package io.touchpoint.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.cli.AttributionCommand;
import io.touchpoint.cli.ImportCommand;
import io.touchpoint.config.AppConfig;
import io.touchpoint.sandbox.Sandbox;
import io.touchpoint.sandbox.SandboxOptions;
import io.touchpoint.topics.TopicProvisioner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Removal effects of what is on the topics of a cluster: the same as of the files that were published there. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AttributionIT {

    private static final String UNTIL = "2024-09-01T00:00:00Z";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayOfTheTopicsWhatItSaysOfTheFiles() throws Exception {
        var files = history();
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.temporary())) {
            assertThat(attribution(sandbox, "--topics")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(err.toString())
                    .contains(
                            "missing on the cluster: touchpoint.ad-clicks.v1 (expected: created with touchpoint topics create)");
            var config = config(sandbox);
            try (Admin admin = Admin.create(config.kafka().admin())) {
                new TopicProvisioner(admin, config.topics()).create();
            }
            assertThat(run(new CommandLine(new ImportCommand()), sandbox, files))
                    .isZero();
            poison(config);

            assertThat(attribution(sandbox, "--data", folder.toString(), "--until", UNTIL))
                    .isZero();
            var expected = taken();
            assertThat(expected).contains("By platform until " + UNTIL).contains("google");
            assertThat(attribution(sandbox, "--topics", "--until", UNTIL)).isZero();

            assertThat(taken()).isEqualTo(expected);
            assertThat(err.toString()).contains("touchpoint.orders.v1/0/").contains("bad frame");
        }
    }

    private List<String> history() throws IOException {
        List<String> orders = new ArrayList<>();
        List<String> clicks = new ArrayList<>();
        for (int customer = 0; customer < 60; customer++) {
            for (int click = 0; click <= customer % 4; click++) {
                var platform = List.of("google", "meta", "tiktok").get((customer + click * click) % 3);
                clicks.add("""
                        {"event_id": "k%d", "customer_id": "c%d", "occurred_at": "2024-0%d-1%dT00:00:00Z", "source": "t", "click_id": "k%d", \
                        "platform": "%s", "campaign_id": "k1", "retargeting": false}""".formatted(
                        customer * 10 + click, customer, 1 + customer % 5, click, customer * 10 + click, platform));
            }
            if (customer % 3 == 0) {
                orders.add("""
                        {"event_id": "o%d", "customer_id": "c%d", "occurred_at": "2024-0%d-12T12:00:00Z", "source": "t", "order_id": "o%d", \
                        "status": "PAID", "lines": [{"sku": "s", "quantity": 1, "unit_price_minor": 100}], "currency": "EUR", "channel": "web"}""".formatted(customer, customer, 1 + customer % 5, customer));
            }
        }
        return List.of(
                Files.write(folder.resolve("orders.jsonl"), orders).toString(),
                Files.write(folder.resolve("ad-clicks.jsonl"), clicks).toString());
    }

    private static void poison(AppConfig config) throws Exception {
        try (var producer =
                new KafkaProducer<>(config.kafka().producer(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("touchpoint.orders.v1", 0, "c1", new byte[] {1}))
                    .get();
        }
    }

    private int attribution(Sandbox sandbox, String... options) {
        List<String> all = new ArrayList<>(List.of("--markov"));
        all.addAll(List.of(options));
        return run(new CommandLine(new AttributionCommand()), sandbox, all);
    }

    private int run(CommandLine command, Sandbox sandbox, List<String> options) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(
                "--bootstrap-servers",
                sandbox.bootstrapServers(),
                "--registry",
                sandbox.registryUrl().toString()));
        return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(all.toArray(String[]::new));
    }

    private String taken() {
        var text = out.toString();
        out.getBuffer().setLength(0);
        return text.substring(text.indexOf("By platform"));
    }

    private static AppConfig config(Sandbox sandbox) {
        return AppConfig.read(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "bootstrap.servers", sandbox.bootstrapServers(),
                        "registry.url", sandbox.registryUrl().toString(),
                        "topics.replication", "1"));
    }
}

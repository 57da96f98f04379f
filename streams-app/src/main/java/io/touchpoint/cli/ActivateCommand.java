package io.touchpoint.cli;

import io.touchpoint.activation.Activation;
import io.touchpoint.activation.ActivationFigures;
import io.touchpoint.activation.ActivationServer;
import io.touchpoint.activation.AudienceMap;
import io.touchpoint.activation.AudienceSnapshot;
import io.touchpoint.activation.platform.Credential;
import io.touchpoint.activation.platform.FileTransport;
import io.touchpoint.activation.platform.HttpTransport;
import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings audience changes to an ad platform until it is told to stop. */
@Command(
        name = "activate",
        mixinStandardHelpOptions = true,
        description = {
            "Bring the audience changes to an ad platform until Ctrl-C or SIGTERM.",
            "",
            "One process writes the audiences of a platform; a second one stands by and takes over. Needs activation.audiences, the access"
                    + " token in activation.token-file or TOUCHPOINT_ACTIVATION_TOKEN, and on Google and TikTok activation.account: see"
                    + " docs/activation.md. What became of each change is on touchpoint.audience-receipts.v1.",
            ""
        })
public final class ActivateCommand implements Callable<Integer> {

    private static final Duration SAY = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--platform", required = true, paramLabel = "P", description = "google, meta, tiktok or yandex.")
    private String platform;

    @Option(
            names = "--dry-run",
            paramLabel = "DIR",
            description =
                    "Send nothing and change nothing: read all changes, write the requests that a platform which knows nothing yet"
                            + " would get into files in DIR, and end.")
    private Path dryRun;

    private final Map<String, String> environment;

    /** The command, with the environment of this process. */
    public ActivateCommand() {
        this(System.getenv());
    }

    ActivateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        AppConfig config;
        Platform to;
        AudienceMap audiences;
        try {
            to = platform(platform);
            config = options.read(environment);
            audiences = audiences(config);
            check(config, to);
        } catch (IllegalArgumentException wrong) {
            return failed(wrong.getMessage(), ExitCode.USAGE);
        }
        try {
            return dryRun == null ? run(config, to, audiences) : write(config, to, audiences);
        } catch (KafkaException away) {
            return failed(ClusterFailure.words(away, config), ExitCode.SOFTWARE);
        } catch (IllegalStateException | UncheckedIOException refused) {
            return failed(refused.getMessage(), ExitCode.SOFTWARE);
        }
    }

    static Platform platform(String name) {
        return Platform.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--platform: " + name + " (expected: one of " + Platform.names() + ")"));
    }

    private static AudienceMap audiences(AppConfig config) {
        return AudienceMap.read(
                config.activation()
                        .audiences()
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "activation.audiences: missing (expected: a file of audiences by scope, see docs/activation.md)")));
    }

    private void check(AppConfig config, Platform to) {
        if (to.needsAccount() && config.activation().account().isEmpty()) {
            throw new IllegalArgumentException(
                    "activation.account: missing (expected: the advertiser's account on " + to.label() + ")");
        }
        boolean hasToken = config.activation().token().isPresent()
                || config.activation().tokenFile().isPresent();
        if (dryRun == null && !hasToken) {
            throw new IllegalArgumentException(
                    "activation.token-file: missing (expected: a file with the access token, or TOUCHPOINT_ACTIVATION_TOKEN)");
        }
    }

    private int run(AppConfig config, Platform to, AudienceMap audiences) throws InterruptedException {
        var activation = config.activation();
        var figures = new ActivationFigures();
        var ended = new CountDownLatch(1);
        var transport = new HttpTransport(
                to.open(activation.url().orElse(to.url()), activation.account().orElse("")),
                new Credential(activation.token(), activation.tokenFile()),
                activation.requestTimeout());
        try (var serdes = config.serde().open();
                var server = ActivationServer.start(config.http(), to, figures)) {
            var work = new Activation(config, to, audiences, transport, serdes, InstantSource.system(), figures);
            out().println("Activating " + to.label() + " at " + activation.url().orElse(to.url()) + " from "
                    + config.kafka().bootstrapServers());
            out().println("Health and metrics: http://" + config.http().host() + ":" + server.port()
                    + "/health, /metrics");
            out().flush();
            stopWhenAsked(work, Thread.currentThread(), ended);
            var speaker = Executors.newSingleThreadScheduledExecutor(runnable -> {
                var thread = new Thread(runnable, "figures");
                thread.setDaemon(true);
                return thread;
            });
            try {
                speaker.scheduleAtFixedRate(() -> say(figures), SAY.toMillis(), SAY.toMillis(), TimeUnit.MILLISECONDS);
                work.run();
            } finally {
                speaker.shutdownNow();
                say(figures);
            }
        } catch (InterruptedException stopped) {
            // In the middle of a request, which is sent again next time.
        } finally {
            ended.countDown();
        }
        return ExitCode.OK;
    }

    /** Waits for the end of the work, not of its thread: that one waits in turn for the end of the process. */
    private static void stopWhenAsked(Activation work, Thread worker, CountDownLatch ended) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            work.stop();
                            try {
                                if (!ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                                    worker.interrupt();
                                    ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
                                }
                            } catch (InterruptedException hurried) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "stop"));
    }

    private void say(ActivationFigures figures) {
        out().println((figures.isWriting() ? "" : "standing by  ") + figures.line());
        out().flush();
    }

    private int write(AppConfig config, Platform to, AudienceMap audiences) {
        var activation = config.activation();
        var files = new FileTransport(
                to.open(activation.url().orElse(to.url()), activation.account().orElse("")), dryRun);
        try (var serdes = config.serde().open();
                var snapshot = AudienceSnapshot.read(config, to, audiences, serdes)) {
            int written = snapshot.writeRequests(files, activation.batchSize().orElse(to.most()));
            out().println(written + " requests in " + dryRun + ", nothing was sent");
        }
        return ExitCode.OK;
    }

    private int failed(String why, int exitCode) {
        spec.commandLine().getErr().println(why);
        return exitCode;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

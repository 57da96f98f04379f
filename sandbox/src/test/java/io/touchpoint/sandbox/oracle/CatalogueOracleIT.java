package io.touchpoint.sandbox.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.sandbox.oracle.CatalogueOracle.Comparison;
import io.touchpoint.sandbox.replay.Replay;
import io.touchpoint.sandbox.replay.ReplayRequest;
import io.touchpoint.serdes.TrustedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every value that a replay publishes is the one that SQL computes from the same files, and there is none more and none less. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CatalogueOracleIT {

    static {
        TrustedRecords.trust(); // before the first record is made, whichever test comes first
    }

    private static final int DAYS = 200;

    /** In the middle of an hour, at the edges of days, weeks and months, and long after the last event. */
    private static final List<Instant> INSTANTS = List.of(
            Instant.parse("2024-01-09T13:37:11.123Z"),
            Instant.parse("2024-01-31T23:59:59.999Z"),
            Instant.parse("2024-03-04T00:00:00Z"),
            Instant.parse("2024-04-30T17:05:00Z"),
            Instant.parse("2024-06-24T06:30:30.500Z"),
            Instant.parse("2024-08-20T12:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void shouldPublishWhatSqlComputesAtEveryInstant() throws Exception {
        var history = CatalogueHistory.mixed(300, DAYS, 7);
        var data = folder.resolve("in");
        history.write(data, 0.1);
        long compared = 0;
        try (var oracle = new CatalogueOracle(data)) {
            for (var until : INSTANTS) {
                var comparison = compare(oracle, data, until);
                assertThat(comparison.first()).as("at " + until).isEmpty();
                compared += comparison.compared() + comparison.credits();
            }
        }
        say("%,d values and credits of %,d lines compared at %d instants", compared, history.size(), INSTANTS.size());
    }

    private Comparison compare(CatalogueOracle oracle, Path data, Instant until) throws Exception {
        long started = System.nanoTime();
        var out = folder.resolve("out");
        new Replay(
                        new ReplayRequest(data, out, Optional.of(until), policy(), true),
                        (stage, done, of) -> {},
                        InstantSource.system())
                .run();
        var replayed = Duration.ofNanos(System.nanoTime() - started);
        var comparison = oracle.compare(out, until);
        say(
                "%s: %,d values of %d KPIs and %,d credits compared, %,d different (replay %d s, all %d s)",
                until,
                comparison.compared(),
                comparison.values().size(),
                comparison.credits(),
                comparison.different(),
                replayed.toSeconds(),
                Duration.ofNanos(System.nanoTime() - started).toSeconds());
        comparison.first().forEach(difference -> say("  %s", difference));
        return comparison;
    }

    /** The counts belong to the result: a comparison of nothing would pass as well. */
    private static void say(String format, Object... values) {
        System.out.println("oracle: " + String.format(java.util.Locale.ROOT, format, values));
    }

    private Policy policy() throws IOException {
        var file = folder.resolve("policy.yaml");
        try (var resource = CatalogueOracleIT.class.getResourceAsStream("/oracle/policy.yaml")) {
            Files.write(file, resource.readAllBytes());
        }
        return PolicyFile.read(file);
    }
}

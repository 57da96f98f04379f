package io.touchpoint.sandbox.oracle;

import static io.touchpoint.sandbox.oracle.ReplayedHistory.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.serdes.TrustedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    private static final int LEAST_KPIS = 47;

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
        var replayed = new ReplayedHistory(folder);
        history.write(replayed.data(), 0.1);
        long compared = 0;
        var different = new ArrayList<String>();
        try (var oracle = new CatalogueOracle(replayed.data())) {
            for (var until : INSTANTS) {
                say("replayed in %d s", replayed.replay(until));
                var comparison = replayed.compare(oracle, until);
                comparison.first().forEach(difference -> different.add(until + " " + difference));
                assertThat(members(replayed)).as("%s", until).isEqualTo(addedAndNotRemoved(replayed));
                compared += comparison.compared() + comparison.credits();
                assertThat(comparison.values()).hasSizeGreaterThanOrEqualTo(LEAST_KPIS);
            }
        }
        assertThat(members(replayed)).as("members at the end").hasSize(4);
        say("%,d values and credits of %,d lines compared at %d instants", compared, history.size(), INSTANTS.size());
        assertThat(different).isEmpty();
    }

    /** {@return the memberships that are published, by platform, where there are any} */
    private static Map<String, Long> members(ReplayedHistory replayed) throws IOException {
        var members = new TreeMap<String, Long>();
        replayed.read("kpis-rolling").forEach((key, value) -> {
            if (key.startsWith("audience-members|") && value.get("n").longValue() != 0) {
                members.put(
                        key.substring(key.indexOf('=') + 1, key.lastIndexOf('|')),
                        value.get("n").longValue());
            }
        });
        return members;
    }

    /** {@return the same from what platforms were told: of each key the last word} */
    private static Map<String, Long> addedAndNotRemoved(ReplayedHistory replayed) throws IOException {
        var members = new TreeMap<String, Long>();
        replayed.read("audience-changes").forEach((key, change) -> {
            if (change.path("change").asText().equals("ADD")) {
                members.merge(change.get("platform").asText(), 1L, Long::sum);
            }
        });
        return members;
    }
}

package io.touchpoint.sandbox.oracle;

import static io.touchpoint.sandbox.oracle.ReplayedHistory.say;
import static org.assertj.core.api.Assertions.fail;

import io.touchpoint.config.PolicyFile;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.history.Cutoff;
import io.touchpoint.history.History;
import io.touchpoint.history.HistoryEvent;
import io.touchpoint.history.HistoryFiles;
import io.touchpoint.sandbox.oracle.CatalogueOracle.Comparison;
import io.touchpoint.serdes.TrustedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many small random histories, each folded in this process, against the SQL that computes the same from its files: in a few events of a few customers what is rare among many
 * is common, such as a segment with a single fact that is taken back, or two events of one instant.
 */
class SmallHistoriesTest {
    static {
        TrustedRecords.trust(); // before the first record is made, whichever test comes first
    }

    private static final int HISTORIES = 20;
    /** After all that may happen in them. */
    static final Instant NOW = CatalogueHistory.START.plus(Duration.ofDays(1_000));

    private static final int MOST_LATE_HOURS = 6 * 24;

    @TempDir
    private Path folder;

    private Policy policy;

    @BeforeEach
    void readThePolicyOfTheOracle() throws IOException {
        var file = folder.resolve("policy.yaml");
        try (var resource = SmallHistoriesTest.class.getResourceAsStream("/oracle/policy.yaml")) {
            Files.write(file, resource.readAllBytes());
        }
        policy = PolicyFile.read(file);
    }

    @Test
    void shouldPublishWhatSqlComputesWhenEventsComeInOrder() throws Exception {
        long compared = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            compared += compare(seed, true).compared();
        }
        say("%,d values of %d small histories compared", compared, HISTORIES);
    }

    @Test
    void shouldPublishTheSameWhenEventsComeDaysLate() throws Exception {
        for (long seed = 101; seed < 101 + HISTORIES / 2; seed++) {
            compare(seed, false);
        }
    }

    private Comparison compare(long seed, boolean inOrder) throws Exception {
        var random = new Random(seed);
        var data = Files.createDirectories(folder.resolve("in-" + seed));
        var out = Files.createDirectories(folder.resolve("out-" + seed));
        int days = List.of(1, 3, 10, 40, 120).get(random.nextInt(5));
        var history = CatalogueHistory.small(1 + random.nextInt(3), days, inOrder, seed);
        history.write(data, 0.1);
        var until = CatalogueHistory.START.plus(Duration.ofMinutes(1 + random.nextInt((days + 40) * 24 * 60)));
        var events = events(data, until);
        if (!inOrder) {
            events = late(events, random);
        }
        var folded = new FoldedHistory(policy, random);
        try (var oracle = new CatalogueOracle(data)) {
            folded.fold(events, until);
            folded.write(out);
            var comparison = inOrder ? oracle.compare(out, until) : oracle.compareValues(out, until);
            if (comparison.different() > 0) {
                throw new AssertionError(comparison.different() + " different, such as " + comparison.first());
            }
            return comparison;
        } catch (AssertionError | RuntimeException wrong) {
            return fail(
                    "history of seed " + seed + (inOrder ? "" : ", late") + " until " + until + ":\n" + said(events)
                            + "\n" + wrong.getMessage(),
                    wrong);
        }
    }

    private List<HistoryEvent> events(Path data, Instant until) throws IOException {
        var events = new ArrayList<HistoryEvent>();
        var scratch = Files.createDirectories(folder.resolve("scratch"));
        try (var history = History.read(HistoryFiles.in(data), new Cutoff(until, NOW), scratch, error -> {
            throw new AssertionError(error.message());
        })) {
            history.sorted().forEachRemaining(events::add);
        }
        return events;
    }

    /** Each event up to six days late: within what may come in any order. */
    private static List<HistoryEvent> late(List<HistoryEvent> events, Random random) {
        record Arrival(HistoryEvent event, long at) {}
        return events.stream()
                .map(event -> new Arrival(
                        event,
                        event.occurredAt()
                                + Duration.ofHours(random.nextInt(MOST_LATE_HOURS))
                                        .toMillis()))
                .sorted(Comparator.comparingLong(Arrival::at))
                .map(Arrival::event)
                .toList();
    }

    private static String said(List<HistoryEvent> events) {
        var lines = new StringBuilder();
        events.forEach(event -> lines.append(event.topic().slug())
                .append(' ')
                .append(event.value())
                .append('\n'));
        return lines.toString();
    }
}

package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.sandbox.SharedRegistry;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.sandbox.replay.Replay;
import io.touchpoint.sandbox.replay.ReplayRequest;
import io.touchpoint.serdes.TrustedRecords;
import io.touchpoint.topics.Lifetime;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay says what a plain recount of the same events says, and says it byte for byte however the files are mixed up. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReplayRecountIT {

    static {
        TrustedRecords.trust(); // before the first record is made, whichever test comes first
    }

    private static final List<String> TOUCHPOINTS = List.of("post-purchase", "support", "app");
    private static final List<String> CHANNELS = List.of("email", "chat");
    private static final Duration OVER = Duration.ofDays(240);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<TouchpointEvent> history = history();

    @BeforeEach
    void writeFiles() throws IOException {
        write("tidy", new Random(1), 0);
        write("mixed-up", new Random(2), 0.1);
    }

    @Test
    void shouldSayTheSameAsAPlainRecountHoweverTheLinesLie() throws Exception {
        var end = Histories.START.plus(OVER).plus(Duration.ofDays(10));
        replay("tidy", "at-the-end", end);
        assertSameAsRecount("at-the-end", end);

        replay("mixed-up", "again", end);
        for (var topic : Topics.of(Role.OUTPUT)) {
            if (topic.lifetime() == Lifetime.LATEST) {
                var file = topic.slug() + ".jsonl";
                assertThat(folder.resolve("again").resolve(file))
                        .hasSameBinaryContentAs(folder.resolve("at-the-end").resolve(file));
            }
        }

        var inTheMiddle = Histories.START.plus(Duration.ofDays(100)).plus(Duration.ofMinutes(77));
        replay("mixed-up", "in-the-middle", inTheMiddle);
        assertSameAsRecount("in-the-middle", inTheMiddle);
    }

    private void assertSameAsRecount(String out, Instant until) throws IOException {
        var expected = PlainRecount.of(history, until);
        var totals = new TreeMap<String, PlainRecount.Totals>();
        read(out, "profiles").forEach((customer, profile) -> totals.put(customer, totals(profile)));
        totals.values().removeIf(nothing -> nothing.paidOrders() == 0 && nothing.clicks() == 0);
        assertThat(totals).hasSizeGreaterThan(50).isEqualTo(expected.totals());

        var active = new TreeMap<String, Instant>();
        read(out, "suppressions").forEach((key, value) -> {
            if (key.contains("|SKU|") && value.get("state").asText().equals("ACTIVE")) {
                active.put(key, Instant.parse(value.get("until").asText()));
            }
        });
        assertThat(active).hasSizeGreaterThan(50).isEqualTo(expected.activeBySku());

        var votes = new TreeMap<String, PlainRecount.Votes>();
        read(out, "kpis-rolling").forEach((key, value) -> {
            if (key.startsWith("nps|") && value.get("n").asLong() > 0) {
                var found = new PlainRecount.Votes(
                        value.get("promoters").asLong(),
                        value.get("passives").asLong(),
                        value.get("detractors").asLong());
                assertThat(value.get("value").asDouble()).as(key).isCloseTo(found.nps(), within(1e-9));
                assertThat(value.get("as_of").asText()).as(key).isEqualTo(JsonRecordWriter.time(until));
                votes.put(key, found);
            }
        });
        assertThat(votes).hasSizeGreaterThan(10).isEqualTo(expected.votes());
    }

    private static PlainRecount.Totals totals(JsonNode profile) {
        long gross = 0;
        long returned = 0;
        for (var revenue : profile.get("revenue")) {
            gross += revenue.get("gross_minor").asLong();
            returned += revenue.get("returned_minor").asLong();
        }
        return new PlainRecount.Totals(
                profile.get("paid_orders").asLong(),
                gross,
                returned,
                profile.get("clicks").asLong());
    }

    private Map<String, JsonNode> read(String out, String name) throws IOException {
        var values = new TreeMap<String, JsonNode>();
        for (var line : Files.readAllLines(folder.resolve(out).resolve(name + ".jsonl"))) {
            var record = JSON.readTree(line);
            values.put(record.get("key").asText(), record.get("value"));
        }
        return values;
    }

    private void replay(String data, String out, Instant until) throws Exception {
        var request = new ReplayRequest(
                folder.resolve(data), folder.resolve(out), Optional.of(until), PolicyFile.shipped(), true);
        new Replay(request, SharedRegistry.temporary(), (stage, done, of) -> {}, InstantSource.system()).run();
    }

    private void write(String name, Random random, double twice) throws IOException {
        var data = Files.createDirectories(folder.resolve(name));
        var byTopic = history.stream()
                .collect(Collectors.groupingBy(event -> event.topic().slug()));
        for (var topic : byTopic.entrySet()) {
            var lines = new ArrayList<String>();
            for (var event : topic.getValue()) {
                var line = JsonRecordWriter.toJson(event.value());
                lines.addAll(Collections.nCopies(random.nextDouble() < twice ? 2 : 1, line));
            }
            Collections.shuffle(lines, random);
            Files.write(data.resolve(topic.getKey() + ".jsonl"), lines);
        }
    }

    /** With answers from several touchpoints, now and then edited or withdrawn a day later. */
    private static List<TouchpointEvent> history() {
        var events = new ArrayList<TouchpointEvent>();
        int answers = 0;
        for (var event : Histories.mixed(6_000, 120, OVER, 51)) {
            events.add(event);
            if (event.value() instanceof SurveyResponse answer) {
                answers++;
                answer.setTouchpoint(TOUCHPOINTS.get(answers % TOUCHPOINTS.size()));
                answer.setChannel(CHANNELS.get(answers % CHANNELS.size()));
                if (answers % 7 == 0) {
                    events.add(TouchpointEvent.of(later(answer, answers % 2 == 0)));
                }
            }
        }
        return events;
    }

    private static SurveyResponse later(SurveyResponse answer, boolean withdrawn) {
        var changed = SurveyResponse.newBuilder(answer).build();
        changed.setEventId(answer.getEventId() + "-later");
        changed.setOccurredAt(answer.getOccurredAt().plus(Duration.ofDays(1)).plusMillis(1));
        changed.setWithdrawn(withdrawn);
        changed.setScore(
                (answer.getScore() + 5) % (answer.getScaleMax() + 1 - answer.getScaleMin()) + answer.getScaleMin());
        return changed;
    }
}

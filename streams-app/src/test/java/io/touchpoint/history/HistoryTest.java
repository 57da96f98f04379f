package io.touchpoint.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2024-06-01T00:00:00Z");

    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    private final List<ImportError> errors = new ArrayList<>();

    @Test
    void shouldSortTheEventsOfAllFilesByTimeTopicAndId() throws Exception {
        write("erasures.jsonl", erasure("b", 2), erasure("c", 1), erasure("a", 2));
        write("leads.jsonl", lead("a", "l1", 1), lead("z", "l2", 0));
        assertThat(ids(read(Cutoff.none(NOW))))
                .containsExactly("leads z", "erasures c", "leads a", "erasures a", "erasures b");
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldGiveTheSameEventsWhateverTheOrderOfLinesAndWhateverFitsTheHeap() throws Exception {
        List<String> lines = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 2000; i++) {
            lines.add(erasure("e" + random.nextInt(900), random.nextInt(300)));
        }
        write("erasures.jsonl", lines.toArray(String[]::new));
        List<String> once = values(read(Cutoff.none(NOW)));
        lines.addAll(lines.subList(0, 200));
        Collections.shuffle(lines, random);
        write("erasures.jsonl", lines.toArray(String[]::new));
        assertThat(values(read(Cutoff.none(NOW)))).isEqualTo(once);
        EventSort small = new EventSort(scratch, 10_000);
        try (History history = History.read(HistoryFiles.in(folder), Cutoff.none(NOW), small, errors::add)) {
            assertThat(Files.list(scratch)).hasSizeGreaterThan(10);
            assertThat(values(history)).isEqualTo(once);
        }
        assertThat(Files.list(scratch)).isEmpty();
    }

    @Test
    void shouldTakeAnEventOnceHoweverOftenItsLineIsThereAndCountTheRest() throws Exception {
        write(
                "erasures.jsonl",
                erasure("a", 1),
                erasure("b", 1),
                erasure("a", 1).replace(":", ": "),
                erasure("a", 1));
        History history = read(Cutoff.none(NOW));
        assertThat(ids(history)).containsExactly("erasures a", "erasures b");
        assertThat(history.repeated()).isEqualTo(2);
        assertThat(history.events()).isEqualTo(2);
        assertThat(history.counts()).containsEntry(Topics.ERASURES, 2L);
    }

    @Test
    void shouldKeepEventsThatShareAnIdButDiffer() throws Exception {
        write("erasures.jsonl", erasure("a", 1), erasure("a", 1).replace("cust-a", "cust-b"), erasure("a", 2));
        assertThat(read(Cutoff.none(NOW)).sorted()).toIterable().hasSize(3);
    }

    @Test
    void shouldKeyEventsAsTheirTopicsAreKeyed() throws Exception {
        write("erasures.jsonl", erasure("a", 0));
        write("leads.jsonl", lead("b", "l7", 1));
        write(
                "ad-spend.jsonl",
                "{\"event_id\":\"c\",\"occurred_at\":2,\"source\":\"s\",\"platform\":\"meta\",\"campaign_id\":\"k1\","
                        + "\"day\":\"2024-01-02\",\"spend_minor\":1,\"currency\":\"EUR\",\"impressions\":1,\"clicks\":1}");
        List<String> keys = new ArrayList<>();
        read(Cutoff.none(NOW)).sorted().forEachRemaining(event -> keys.add(event.key()));
        assertThat(keys).containsExactly("cust-a", "l7", "meta/k1/2024-01-02");
    }

    @Test
    void shouldLeaveOutWhatOccurredAfterTheCutoffAndCountIt() throws Exception {
        Instant until = Instant.ofEpochMilli(100);
        write(
                "erasures.jsonl",
                erasure("a", 100),
                erasure("b", 101),
                erasure("c", 5),
                erasure("d", NOW.toEpochMilli()));
        write("leads.jsonl");
        History history = read(new Cutoff(until, NOW));
        assertThat(history.events()).isEqualTo(2);
        assertThat(history.leftOut()).isEqualTo(2);
        assertThat(history.last()).contains(until);
        assertThat(history.counts()).containsEntry(Topics.ERASURES, 2L).containsEntry(Topics.LEADS, 0L);
        assertThat(ids(history)).containsExactly("erasures c", "erasures a");
    }

    @Test
    void shouldKeepWhatIsFromTheFutureForThePipelineToRejectButNotTakeItForTheLastEvent() throws Exception {
        write(
                "erasures.jsonl",
                erasure("a", 1),
                erasure("b", Instant.parse("2090-01-01T00:00:00Z").toEpochMilli()));
        History history = read(new Cutoff(Instant.ofEpochMilli(50), NOW));
        assertThat(history.last()).contains(Instant.ofEpochMilli(1));
        assertThat(ids(history)).containsExactly("erasures a", "erasures b");
    }

    @Test
    void shouldListEachLineThatIsNoRecordAndReadOn() throws Exception {
        byte[] latin = erasure("x", 1).replace("cust", "Jürgen").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(
                folder.resolve("erasures.jsonl"),
                Arrays.asList("{", "", erasure("a", 1), "  ", "{\"event_id\":\"e\"}"));
        Files.write(folder.resolve("erasures.jsonl"), latin, StandardOpenOption.APPEND);
        History history = read(Cutoff.none(NOW));
        assertThat(ids(history)).containsExactly("erasures a");
        assertThat(errors)
                .extracting(ImportError::message)
                .containsExactly(
                        "erasures.jsonl:1: expected one JSON object, found broken JSON at column 2",
                        "erasures.jsonl:5: customer_id: is missing, expected a value: ErasureRequest requires it",
                        "erasures.jsonl:6: expected UTF-8 text, found other bytes");
    }

    @Test
    void shouldPassOnARecordThatMakesNoSense() throws Exception {
        write("surveys.jsonl", survey("NPS", 11, "x"));
        assertThat(read(Cutoff.none(NOW)).events()).isEqualTo(1);
        assertThat(errors).isEmpty();
    }

    @Test
    void shouldReadGzipByteOrderMarksWindowsLineEndsAndLongLines() throws Exception {
        String comment = "ö".repeat(1 << 20);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("surveys.jsonl.gz")))) {
            out.write(("\uFEFF" + survey("NPS", 9, "x") + "\r\n\r\n" + survey("CSAT", 3, comment))
                    .getBytes(StandardCharsets.UTF_8));
        }
        List<HistoryEvent> events = new ArrayList<>();
        read(Cutoff.none(NOW)).sorted().forEachRemaining(events::add);
        assertThat(events).hasSize(2);
        assertThat(events).anySatisfy(event -> {
            assertThat(((SurveyResponse) event.value()).getComment()).isEqualTo(comment);
            assertThat(event.line()).isEqualTo(3);
            assertThat(event.file()).isEqualTo("surveys.jsonl.gz");
        });
    }

    @Test
    void shouldSayWhereAZippedFileIsDamaged() throws Exception {
        Path file = folder.resolve("erasures.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 20_000; i++) {
                out.write((erasure("e" + i, i) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 20));
        assertThatThrownBy(() -> read(Cutoff.none(NOW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("erasures.jsonl.gz: cannot be read past line ");
        Files.writeString(file, "plain text");
        assertThatThrownBy(() -> read(Cutoff.none(NOW)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("erasures.jsonl.gz: cannot be read: Not in GZIP format");
    }

    @Test
    void shouldRefuseUnknownInputsTwoOfOneInputAndNone() throws Exception {
        assertThatThrownBy(() -> HistoryFiles.in(folder))
                .hasMessageContaining("holds no input (expected one or more of ad-clicks.jsonl,");
        assertThatThrownBy(() -> HistoryFiles.in(folder.resolve("none")))
                .hasMessageContaining("is not a folder that can be read");
        write("orders.jsonl");
        write("notes.txt");
        write(".hidden");
        assertThat(HistoryFiles.in(folder).ignored()).containsExactly("notes.txt");
        write("orders.jsonl.gz");
        assertThatThrownBy(() -> HistoryFiles.in(folder))
                .hasMessageContaining("are the same input (expected one file of each)");
        Files.delete(folder.resolve("orders.jsonl.gz"));
        write("order.jsonl");
        assertThatThrownBy(() -> HistoryFiles.in(folder))
                .hasMessageContaining("order.jsonl: unknown input (expected ad-clicks.jsonl,");
        assertThatThrownBy(() -> HistoryFiles.of(List.of(folder.resolve("gone.jsonl"))))
                .hasMessageContaining("gone.jsonl: is not a file that can be read");
    }

    @Test
    void shouldWriteImportErrorsAsJsonLines() throws Exception {
        Path file = folder.resolve("import-errors.jsonl");
        try (ImportErrorFile list = ImportErrorFile.create(file)) {
            list.accept(new ImportError("orders.jsonl", 3, "lines[0].sku", "is missing"));
            list.accept(new ImportError("orders.jsonl", 4, "", "a \"quote\""));
            assertThat(list.errors()).isEqualTo(2);
        }
        assertThat(Files.readString(file))
                .isEqualTo(
                        "{\"file\":\"orders.jsonl\",\"line\":3,\"field\":\"lines[0].sku\",\"problem\":\"is missing\"}\n"
                                + "{\"file\":\"orders.jsonl\",\"line\":4,\"field\":null,\"problem\":\"a \\\"quote\\\"\"}\n");
    }

    private History read(Cutoff cutoff) throws IOException {
        return History.read(HistoryFiles.in(folder), cutoff, scratch, errors::add);
    }

    private static List<String> ids(History history) throws IOException {
        List<String> ids = new ArrayList<>();
        history.sorted()
                .forEachRemaining(event ->
                        ids.add(event.topic().slug() + " " + event.value().get(0)));
        return ids;
    }

    private static List<String> values(History history) throws IOException {
        List<String> values = new ArrayList<>();
        history.sorted().forEachRemaining(event -> values.add(event.key() + JsonRecordWriter.toJson(event.value())));
        return values;
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private static String erasure(String id, long at) {
        return "{\"event_id\":\"" + id + "\",\"customer_id\":\"cust-" + id + "\",\"occurred_at\":" + at
                + ",\"source\":\"s\",\"requested_by\":\"r\",\"reason\":\"\"}";
    }

    private static String lead(String id, String lead, long at) {
        return "{\"event_id\":\"" + id + "\",\"lead_id\":\"" + lead + "\",\"occurred_at\":" + at
                + ",\"source\":\"s\",\"status\":\"WON\",\"channel\":\"web\"}";
    }

    private static String survey(String kind, int score, String comment) {
        return "{\"event_id\":\"" + kind
                + "\",\"customer_id\":\"c\",\"occurred_at\":5,\"source\":\"s\",\"response_id\":\"r\","
                + "\"kind\":\"" + kind + "\",\"score\":" + score + ",\"scale_min\":0,\"scale_max\":10,"
                + "\"higher_is_better\":true,\"touchpoint\":\"t\",\"channel\":\"web\",\"comment\":\"" + comment + "\"}";
    }
}

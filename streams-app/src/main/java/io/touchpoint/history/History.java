package io.touchpoint.history;

import io.touchpoint.json.JsonRecordException;
import io.touchpoint.topics.Topic;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The events of a set of files, in order of (occurred_at, topic, event_id) whatever the order of files and lines. Any size of history is
 * sorted in a quarter of the heap, at most 256 MB; what exceeds that waits in scratch files. A single line may have 64 MiB.
 *
 * <p>Whether an event makes sense is not asked here: what can be encoded is published, and the pipeline judges it.
 */
public final class History implements Closeable {
    private static final int LONGEST_LINE = 64 << 20;
    private static final long MOST_HEAP = 256L << 20;

    private final Cutoff cutoff;
    private final EventSort sort;
    private final List<InputRecords<?>> inputs = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private final Map<Topic<?>, Long> counts = new LinkedHashMap<>();
    private final Map<Topic<?>, Long> first = new HashMap<>();
    private long events;
    private long leftOut;
    private long repeated;
    private long last = Long.MIN_VALUE;

    private History(Cutoff cutoff, EventSort sort) {
        this.cutoff = cutoff;
        this.sort = sort;
    }

    /**
     * Reads all files. Empty lines are skipped; a line that is no record of its topic goes to {@code errors}.
     *
     * @param scratch an existing folder for what does not fit the heap; nothing stays there after {@link #close()}
     * @throws IllegalArgumentException when a file turns out to be damaged; the message says where
     * @throws IOException when the scratch files cannot be written
     */
    public static History read(HistoryFiles files, Cutoff cutoff, Path scratch, Consumer<ImportError> errors)
            throws IOException {
        long heap = Math.min(MOST_HEAP, Runtime.getRuntime().maxMemory() / 4);
        return read(files, cutoff, new EventSort(scratch, heap), errors);
    }

    static History read(HistoryFiles files, Cutoff cutoff, EventSort sort, Consumer<ImportError> errors)
            throws IOException {
        History history = new History(cutoff, sort);
        try {
            for (HistoryFiles.Source source : files.sources()) {
                history.read(source, errors);
            }
            return history;
        } catch (IOException | RuntimeException failed) {
            history.close();
            throw failed;
        }
    }

    private void read(HistoryFiles.Source source, Consumer<ImportError> errors) throws IOException {
        InputRecords<?> input = InputRecords.of(source.topic());
        inputs.add(input);
        files.add(source.name());
        counts.put(source.topic(), 0L);
        try (LineReader lines = source.lines(LONGEST_LINE)) {
            while (advance(lines, source)) {
                add(lines, input, source, errors);
            }
        }
    }

    private static boolean advance(LineReader lines, HistoryFiles.Source source) {
        try {
            return lines.next();
        } catch (IOException damaged) {
            throw new IllegalArgumentException(
                    source.file() + ": cannot be read past line " + lines.number() + ": " + damaged.getMessage(),
                    damaged);
        }
    }

    private void add(LineReader lines, InputRecords<?> input, HistoryFiles.Source source, Consumer<ImportError> errors)
            throws IOException {
        try {
            String text = text(lines);
            if (!text.isBlank()) {
                add(input.read(text, files.size() - 1, lines.number()), input.topic());
            }
        } catch (JsonRecordException e) {
            errors.accept(new ImportError(source.name(), lines.number(), e.field(), e.problem()));
        }
    }

    private static String text(LineReader lines) throws JsonRecordException {
        if (lines.cut()) {
            throw JsonRecordException.ofLine("expected at most " + LONGEST_LINE + " bytes, found a longer line");
        }
        Optional<String> text = lines.text();
        if (text.isEmpty()) {
            throw JsonRecordException.ofLine("expected UTF-8 text, found other bytes");
        }
        return text.get();
    }

    private void add(PackedEvent event, Topic<?> topic) throws IOException {
        if (!cutoff.keeps(event.occurredAt())) {
            leftOut++;
            return;
        }
        if (!cutoff.isFromTheFuture(event.occurredAt())) {
            last = Math.max(last, event.occurredAt());
        }
        sort.add(event);
        events++;
        counts.merge(topic, 1L, Long::sum);
        first.merge(topic, event.occurredAt(), Math::min);
    }

    /** How many events take part; repeated ones count until {@link #sorted()} has left them out. */
    public long events() {
        return events;
    }

    /** How many were left out because they occurred after the cutoff. */
    public long leftOut() {
        return leftOut;
    }

    /** How many were left out so far because another line gives the very same event. */
    public long repeated() {
        return repeated;
    }

    /** How many events of each topic take part, for the topics whose file was there. */
    public Map<Topic<?>, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** When the last event occurred, those from the future aside; empty when there is none. */
    public Optional<Instant> last() {
        return last == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last));
    }

    /** When the first event of a topic occurred; empty when there is none. */
    public Optional<Instant> first(Topic<?> topic) {
        return Optional.ofNullable(first.get(topic)).map(Instant::ofEpochMilli);
    }

    /**
     * The events in order, to be read once. Of lines that give the very same event one counts: a file that was exported twice, or written
     * to twice, says nothing new.
     */
    public Iterator<HistoryEvent> sorted() throws IOException {
        return new Distinct(sort.sorted());
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }

    private final class Distinct implements Iterator<HistoryEvent> {
        private final Iterator<PackedEvent> packed;
        private PackedEvent next;

        Distinct(Iterator<PackedEvent> packed) {
            this.packed = packed;
            advance();
        }

        private void advance() {
            PackedEvent before = next;
            next = packed.hasNext() ? packed.next() : null;
            while (next != null && before != null && next.compareTo(before) == 0) {
                leaveOut(next);
                next = packed.hasNext() ? packed.next() : null;
            }
        }

        private void leaveOut(PackedEvent repetition) {
            repeated++;
            events--;
            counts.merge(inputs.get(repetition.source()).topic(), -1L, Long::sum);
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public HistoryEvent next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            PackedEvent event = next;
            advance();
            return inputs.get(event.source()).unpack(event, files.get(event.source()));
        }
    }
}

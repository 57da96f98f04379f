package io.touchpoint.history;

import io.touchpoint.serdes.TrustedRecords;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topic;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The files of a history, one for each input topic: {@code orders.jsonl}, {@code surveys.jsonl.gz} and so on, named like the topics. Each
 * line is a JSON object with the fields of the topic's record.
 */
public final class HistoryFiles {

    static {
        TrustedRecords.trust();
    }

    private static final String PLAIN = ".jsonl";
    private static final String ZIPPED = ".jsonl.gz";

    /** One file and the topic its lines belong to. */
    record Source(Path file, Topic<?> topic) {
        String name() {
            return file.getFileName().toString();
        }

        LineReader lines(int longest) {
            try {
                InputStream bytes = Files.newInputStream(file);
                return new LineReader(name().endsWith(ZIPPED) ? unzipped(bytes) : bytes, longest);
            } catch (IOException unreadable) {
                throw new IllegalArgumentException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
            }
        }

        private static InputStream unzipped(InputStream bytes) throws IOException {
            try {
                return new GZIPInputStream(bytes, 1 << 16);
            } catch (IOException notZipped) {
                bytes.close();
                throw notZipped;
            }
        }
    }

    private final List<Source> sources;
    private final List<String> ignored;

    private HistoryFiles(Collection<Source> sources, List<String> ignored) {
        this.sources = List.copyOf(sources);
        this.ignored = List.copyOf(ignored);
    }

    /**
     * The files of a folder. A {@code .jsonl} file that is no input is an error, since a misspelt name would leave its events out; other
     * files are {@link #ignored()}.
     *
     * @throws IllegalArgumentException when it is no readable folder, holds no input, an unknown one, or one both plain and zipped
     */
    public static HistoryFiles in(Path folder) {
        List<Path> files = new ArrayList<>();
        List<String> ignored = new ArrayList<>();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(PLAIN) || name.endsWith(ZIPPED)) {
                files.add(file);
            } else if (!name.startsWith(".")) {
                ignored.add(name);
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException(folder + ": holds no input (expected one or more of " + inputs() + ")");
        }
        return of(files, ignored);
    }

    /**
     * These files, wherever they are; their names say which topic they belong to.
     *
     * @throws IllegalArgumentException when one cannot be read, its name is that of no input, or two are of the same input
     */
    public static HistoryFiles of(List<Path> files) {
        return of(files, List.of());
    }

    private static HistoryFiles of(List<Path> files, List<String> ignored) {
        Map<Topic<?>, Source> sources = new HashMap<>();
        for (Path file : files) {
            Source source = source(file);
            Source other = sources.put(source.topic(), source);
            if (other != null) {
                throw new IllegalArgumentException(
                        other.file() + " and " + file + " are the same input (expected one file of each)");
            }
        }
        // In the order of declaration, so that a run reads, reports and fails the same way every time.
        List<Source> ordered = Topics.of(Role.INPUT).stream()
                .filter(sources::containsKey)
                .map(sources::get)
                .toList();
        return new HistoryFiles(ordered, ignored);
    }

    private static Source source(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException(file + ": is not a file that can be read");
        }
        String name = file.getFileName().toString();
        return topic(name)
                .map(topic -> new Source(file, topic))
                .orElseThrow(() -> new IllegalArgumentException(
                        file + ": unknown input (expected " + inputs() + "; each also as " + ZIPPED + ")"));
    }

    private static Optional<Topic<?>> topic(String name) {
        return Topics.of(Role.INPUT).stream()
                .filter(topic -> name.equals(topic.slug() + PLAIN) || name.equals(topic.slug() + ZIPPED))
                .findFirst();
    }

    private static String inputs() {
        return Topics.of(Role.INPUT).stream()
                .map(topic -> topic.slug() + PLAIN)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(folder + ": is not a folder that can be read", unreadable);
        }
    }

    /** The files, one for each input that is there. */
    List<Source> sources() {
        return sources;
    }

    /** Names of files in the folder that are left unread, because they are not JSON lines. */
    public List<String> ignored() {
        return ignored;
    }
}

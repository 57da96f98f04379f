package io.touchpoint.sandbox.demo;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Properties;

/**
 * Remembers, in the folder of the data, which history is on the topics. It is written before the first event is published,
 * so that a start that was cut short publishes the very same events again, which the pipeline then counts as duplicates.
 */
final class HistoryMarker {
    private static final String FILE = "demo.properties";
    private static final String ENDS_AT = "history.ends-at";
    private static final String SEED = "history.seed";
    private static final String PUBLISHED = "history.published";
    private static final String TRAFFIC = "traffic";

    /**
     * What is known of the history.
     *
     * @param endsAt the instant to which the year was moved
     * @param seed of what was generated for it
     * @param published whether all of it is on the topics
     * @param traffic whether generated traffic has followed it
     */
    record Entry(Instant endsAt, long seed, boolean published, boolean traffic) {
        Entry afterPublishing() {
            return new Entry(endsAt, seed, true, traffic);
        }

        Entry withTraffic() {
            return new Entry(endsAt, seed, published, true);
        }
    }

    private final Path file;

    HistoryMarker(Path folder) {
        file = folder.resolve(FILE);
    }

    /**
     * What was remembered, if anything.
     *
     * @throws IllegalStateException when the file is there but cannot be made sense of
     */
    Optional<Entry> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(text);
            return Optional.of(new Entry(
                    Instant.parse(properties.getProperty(ENDS_AT, "")),
                    Long.parseLong(properties.getProperty(SEED, "")),
                    Boolean.parseBoolean(properties.getProperty(PUBLISHED)),
                    Boolean.parseBoolean(properties.getProperty(TRAFFIC))));
        } catch (DateTimeParseException | IllegalArgumentException wrong) {
            throw new IllegalStateException(
                    file + ": " + wrong.getMessage() + " (expected: what an earlier demo wrote; or another folder)",
                    wrong);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Remembers, all or nothing. */
    void write(Entry entry) {
        Properties properties = new Properties();
        properties.setProperty(ENDS_AT, entry.endsAt().toString());
        properties.setProperty(SEED, Long.toString(entry.seed()));
        properties.setProperty(PUBLISHED, Boolean.toString(entry.published()));
        properties.setProperty(TRAFFIC, Boolean.toString(entry.traffic()));
        Path draft = file.resolveSibling(FILE + ".new");
        try {
            try (Writer text = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
                properties.store(text, "The history that 'touchpoint demo' has published to these topics");
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }
}

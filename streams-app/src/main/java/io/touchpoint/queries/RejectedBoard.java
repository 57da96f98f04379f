package io.touchpoint.queries;

import io.touchpoint.json.JsonRecordWriter;
import io.touchpoint.records.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What was refused, counted by reason and topic, with the newest of each as samples. Neither keys nor bytes are held, and of an event only a
 * hash of its id. For several threads.
 */
final class RejectedBoard {

    private static final int SAMPLES = 10;
    private static final int HASH_BYTES = 8;

    /** What was refused for a reason on a topic. */
    record Refused(String reason, String topic, long count, String newest, List<Sample> samples) {}

    /**
     * One that was refused.
     *
     * @param event the start of the SHA-256 of its id; null where it could not be read
     */
    record Sample(String at, String detail, int partition, long offset, String event) {}

    private record Kind(String reason, String topic) {}

    private static final class Tally {
        private long count;
        private Instant newest = Instant.EPOCH;
        private final Deque<Sample> samples = new ArrayDeque<>();
    }

    private final Map<Kind, Tally> tallies = new HashMap<>();
    private Instant oldest;

    /** Something was refused at that time. */
    synchronized void add(Rejected rejected, Instant at) {
        oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
        var tally = tallies.computeIfAbsent(new Kind(rejected.getReason(), rejected.getTopic()), kind -> new Tally());
        tally.count++;
        tally.newest = at.isAfter(tally.newest) ? at : tally.newest;
        tally.samples.addFirst(new Sample(
                JsonRecordWriter.time(at),
                rejected.getDetail(),
                rejected.getPartition(),
                rejected.getOffset(),
                hash(rejected.getEventId())));
        if (tally.samples.size() > SAMPLES) {
            tally.samples.removeLast();
        }
    }

    /** {@return the time of the oldest that is counted, ISO-8601; null when there is none} */
    synchronized String countedFrom() {
        return oldest == null ? null : JsonRecordWriter.time(oldest);
    }

    /** {@return the most frequent first} */
    synchronized List<Refused> refused() {
        return tallies.entrySet().stream()
                .map(entry -> new Refused(
                        entry.getKey().reason(),
                        entry.getKey().topic(),
                        entry.getValue().count,
                        JsonRecordWriter.time(entry.getValue().newest),
                        List.copyOf(entry.getValue().samples)))
                .sorted(Comparator.comparingLong(Refused::count)
                        .reversed()
                        .thenComparing(Refused::reason)
                        .thenComparing(Refused::topic))
                .toList();
    }

    private static String hash(String eventId) {
        if (eventId == null) {
            return null;
        }
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

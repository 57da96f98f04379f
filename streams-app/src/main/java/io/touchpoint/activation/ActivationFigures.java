package io.touchpoint.activation;

import io.touchpoint.domain.activation.Latencies;
import io.touchpoint.domain.activation.Receipt;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What activation has done since it started, and how it stands. Safe for several threads. */
public final class ActivationFigures {

    /**
     * How it stands.
     *
     * @param waiting changes that the platform has not answered for
     * @param audiences known ones
     * @param notEffective of those, how many have fewer members than the platform asks for
     * @param members of all audiences
     * @param troubled audiences whose last request failed
     */
    public record Standing(long waiting, int audiences, int notEffective, long members, int troubled) {}

    private final Map<String, Long> answers = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private Standing standing = new Standing(0, 0, 0, 0, 0);
    private boolean writing;
    private long changes;
    private long ignored;
    private long sent;
    private long accepted;
    private long refused;
    private long superseded;

    synchronized void changes(int more) {
        changes += more;
    }

    /** A value that is no hash was left out. */
    synchronized void ignored(int more) {
        ignored += more;
    }

    synchronized void answer(String kind) {
        answers.merge(kind, 1L, Long::sum);
    }

    synchronized void receipt(Receipt receipt) {
        var value = receipt.value();
        switch (value.getStatus()) {
            case SENT -> sent++;
            case REFUSED -> refused++;
            case SUPERSEDED -> superseded++;
            case ACCEPTED -> {
                accepted++;
                if (value.getSentAt() != null) {
                    latencies.add(Duration.between(value.getDecidedAt(), value.getAnsweredAt()));
                }
            }
        }
    }

    synchronized void stands(Standing now) {
        standing = now;
    }

    synchronized void writes(boolean now) {
        writing = now;
    }

    /** Whether this process is the writer, and does not stand by. */
    public synchronized boolean isWriting() {
        return writing;
    }

    /** How it stands. */
    public synchronized Standing standing() {
        return standing;
    }

    /** Seconds from the decision to the platform's yes, within which this share of the changes came through. */
    public synchronized OptionalDouble latency(double share) {
        return latencies.seconds(share);
    }

    /** Answers of the platform, by kind. */
    public synchronized Map<String, Long> answers() {
        return new TreeMap<>(answers);
    }

    /** Counts by name, as metrics have them. */
    public synchronized Map<String, Long> counts() {
        return Map.of(
                "changes", changes,
                "not-hashed", ignored,
                "sent", sent,
                "accepted", accepted,
                "refused", refused,
                "superseded", superseded);
    }

    /** One line for people. */
    public synchronized String line() {
        var text = new StringBuilder();
        text.append("changes %,d  sent %,d  accepted %,d  refused %,d  waiting %,d"
                .formatted(changes, sent, accepted, refused, standing.waiting()));
        text.append("  members %,d in %,d audiences".formatted(standing.members(), standing.audiences()));
        if (standing.notEffective() > 0) {
            text.append(", %,d NOT_EFFECTIVE (too few members)".formatted(standing.notEffective()));
        }
        if (standing.troubled() > 0) {
            text.append(", %,d in trouble (see the log)".formatted(standing.troubled()));
        }
        if (latencies.count() > 0) {
            text.append("  decided to accepted p50 %s p90 %s p99 %s".formatted(words(0.5), words(0.9), words(0.99)));
        }
        return text.toString();
    }

    private String words(double share) {
        double seconds = latencies.seconds(share).orElse(0);
        if (seconds < 120) {
            return "%.1f s".formatted(seconds);
        }
        return seconds < 7_200 ? "%.0f min".formatted(seconds / 60) : "%.0f h".formatted(seconds / 3_600);
    }
}

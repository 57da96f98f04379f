package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.touchpoint.queries.LiveEvent.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/v1/stream}: what is published from now on, as server-sent events. Parameters: {@code kinds}, separated by commas, of kpi,
 * suppression, churn and alert; {@code kpis}, ids separated by commas; {@code windows}, as they end the keys; {@code segment}. With {@code Last-Event-ID} it goes on where it was cut off;
 * when not all of that is kept any more an event {@code gap} says so first.
 */
final class StreamRoutes implements Routes {

    private static final Logger log = LoggerFactory.getLogger(StreamRoutes.class);

    /** Each holds a thread of the server. */
    static final int MOST_CLIENTS = 500;

    private static final String PATH = "/api/v1/stream";

    private static final Set<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.toUnmodifiableSet());
    private static final long BEAT_MILLIS = 10_000;
    private static final long REST_MILLIS = 500;
    /** One who is cut off comes back after a second. */
    private static final byte[] GREETING =
            (": here is what is published from now on\nretry: 1000\n\n").getBytes(StandardCharsets.UTF_8);

    private static final byte[] BEAT = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private static final String GAP = "{\"detail\":\"some of what was published since Last-Event-ID is kept no more"
            + " (expected: whatever was loaded before is loaded again); what follows is complete\"}";
    private static final long NEVER_GIVEN = -1;

    private final LiveFeed feed;
    /** Also for those who were cut off and whose last write still hangs in the network. */
    private final Semaphore room;

    private final int mostClients;
    /** Numbers of an earlier process mean nothing to this one. */
    private final String process = Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX) + "-"
            + Long.toString(System.nanoTime() & Long.MAX_VALUE, Character.MAX_RADIX);

    StreamRoutes(LiveFeed feed) {
        this(feed, MOST_CLIENTS);
    }

    /** @param mostClients at once */
    StreamRoutes(LiveFeed feed, int mostClients) {
        this.feed = feed;
        this.mostClients = mostClients;
        this.room = new Semaphore(mostClients);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(PATH, this::answer);
    }

    /**
     * Answers for as long as somebody watches, on the request's own thread. An answer that went on after the handler had returned would
     * belong to the server as well, which takes it back whenever the client or the server goes, and then nothing can end it in order.
     */
    private void answer(Context request) {
        var accepted = request.header("Accept");
        if (accepted == null || !accepted.contains("text/event-stream")) {
            throw new Problem.Raised(
                    new Problem("Another form is needed", 406, "a stream (expected: Accept: text/event-stream)"));
        }
        var wanted = wanted(request);
        if (!room.tryAcquire()) {
            request.header("Retry-After", "10");
            throw new Problem.Raised(Problem.later("already " + mostClients + " watch"));
        }
        try (var watcher = watch(wanted, request.header("Last-Event-ID"))) {
            send(request, watcher);
        } finally {
            room.release();
        }
    }

    private LiveFeed.Watcher watch(Wanted wanted, String lastSeen) {
        return lastSeen == null || lastSeen.isBlank() ? feed.watch(wanted) : feed.resume(wanted, numberOf(lastSeen));
    }

    /**
     * Sends what came in half a second at once: a write to a socket for every event and client would cost the pipeline more than
     * making the events.
     */
    private void send(Context request, LiveFeed.Watcher watcher) {
        request.contentType("text/event-stream;charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        try {
            // Not the one of the request: that compresses, and so holds back.
            var out = request.res().getOutputStream();
            write(out, GREETING);
            if (watcher.gap().isPresent()) {
                write(out, gap(watcher.gap().getAsLong()));
            }
            var came = new ArrayList<LiveEvent>();
            while (!watcher.cutOff()) {
                var first = watcher.next(BEAT_MILLIS);
                if (first == null) {
                    write(out, BEAT);
                    continue;
                }
                came.add(first);
                watcher.drainTo(came);
                write(out, text(came));
                came.clear();
                Thread.sleep(REST_MILLIS);
            }
            // Before the watcher counts as gone: the server stops as soon as all are.
            out.close();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            log.debug("Somebody who watched is gone: {}", gone.getMessage());
        }
    }

    private static void write(OutputStream out, byte[] text) throws IOException {
        out.write(text);
        out.flush();
    }

    /** Of several values of a KPI that came at once only the newest is of interest. */
    private byte[] text(List<LiveEvent> events) {
        var newest = new HashMap<String, LiveEvent>();
        events.stream().filter(event -> event.kind() == Kind.KPI).forEach(event -> newest.put(event.key(), event));
        var text = new ByteArrayOutputStream();
        for (var event : events) {
            if (event.kind() != Kind.KPI || newest.get(event.key()) == event) {
                text.writeBytes(event.text(process));
            }
        }
        return text.toByteArray();
    }

    /** What one who watches wants; equal for those who want the same. */
    private record Wanted(Set<String> kinds, Set<String> kpis, Set<String> windows, String segment)
            implements Predicate<LiveEvent> {

        @Override
        public boolean test(LiveEvent event) {
            return (kinds.isEmpty() || kinds.contains(event.kind().word()))
                    && (event.kind() != Kind.KPI
                            || (kpis.isEmpty() || kpis.contains(event.kpi()))
                                    && (windows.isEmpty() || windows.contains(event.window()))
                                    && (segment.isEmpty() || segment.equals(event.segment())));
        }
    }

    private static Wanted wanted(Context request) {
        var kinds = words(Parameters.text(request, "kinds", ""));
        if (!KINDS.containsAll(kinds)) {
            throw Parameters.wrong("kinds", "some of " + KINDS.stream().sorted().toList());
        }
        return new Wanted(
                kinds,
                words(Parameters.text(request, "kpis", "")),
                words(Parameters.text(request, "windows", "")),
                Parameters.text(request, "segment", ""));
    }

    private static Set<String> words(String list) {
        return Arrays.stream(list.split(",")).filter(word -> !word.isBlank()).collect(Collectors.toSet());
    }

    /** Its id is that from which all follows: one who is cut off again just after it goes on from there. */
    private byte[] gap(long number) {
        return ("id: " + process + "." + number + "\nevent: gap\ndata: " + GAP + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private long numberOf(String event) {
        if (!event.startsWith(process + ".")) {
            return NEVER_GIVEN;
        }
        try {
            return Long.parseLong(event.substring(process.length() + 1));
        } catch (NumberFormatException garbled) {
            return NEVER_GIVEN;
        }
    }
}

package io.touchpoint.queries;

import io.javalin.config.RoutesConfig;
import io.javalin.http.sse.SseClient;
import io.touchpoint.queries.LiveEvent.Kind;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code /api/v1/stream}: what is published from now on, as server-sent events. Parameters: {@code kinds}, separated by commas, of kpi,
 * suppression, churn and alert; {@code kpis}, ids separated by commas; {@code segment}. With {@code Last-Event-ID} it goes on where it was cut off.
 */
final class StreamRoutes implements Routes {

    static final int MOST_CLIENTS = 500;

    private static final String PATH = "/api/v1/stream";

    private static final Set<String> KINDS =
            Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.toUnmodifiableSet());
    private static final long BEAT_MILLIS = 10_000;

    private final LiveFeed feed;
    /** Numbers of an earlier process mean nothing to this one. */
    private final String process = Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX) + "-"
            + Long.toString(System.nanoTime() & Long.MAX_VALUE, Character.MAX_RADIX);

    StreamRoutes(LiveFeed feed) {
        this.feed = feed;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.before(PATH, request -> {
            var accepted = request.header("Accept");
            if (accepted == null || !accepted.contains("text/event-stream")) {
                throw new Problem.Raised(
                        new Problem("Another form is needed", 406, "a stream (expected: Accept: text/event-stream)"));
            }
        });
        routes.sse(PATH, this::begin);
    }

    private void begin(SseClient client) {
        if (feed.watchers() >= MOST_CLIENTS) {
            client.ctx().header("Retry-After", "10");
            Problem.later("already " + MOST_CLIENTS + " watch").on(client.ctx());
            return;
        }
        client.ctx().header("Cache-Control", "no-store");
        var watcher = feed.watch(wanted(client), after(client.ctx().header("Last-Event-ID")));
        client.keepAlive();
        var thread = new Thread(() -> send(client, watcher), "stream-client");
        thread.setDaemon(true);
        client.onClose(() -> {
            watcher.close();
            thread.interrupt();
        });
        thread.start();
    }

    private void send(SseClient client, LiveFeed.Watcher watcher) {
        try (watcher) {
            client.sendComment("here is what is published from now on");
            while (!client.terminated() && !watcher.cutOff()) {
                var event = watcher.next(BEAT_MILLIS);
                if (event == null) {
                    client.sendComment("still here");
                } else {
                    client.sendEvent(event.kind().word(), event.json(), process + "." + event.number());
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            client.close();
        }
    }

    private static Predicate<LiveEvent> wanted(SseClient client) {
        var kinds = words(Parameters.text(client.ctx(), "kinds", ""));
        if (!KINDS.containsAll(kinds)) {
            throw Parameters.wrong("kinds", "some of " + KINDS.stream().sorted().toList());
        }
        var kpis = words(Parameters.text(client.ctx(), "kpis", ""));
        var segment = Parameters.text(client.ctx(), "segment", "");
        return event -> (kinds.isEmpty() || kinds.contains(event.kind().word()))
                && (event.kind() != Kind.KPI
                        || (kpis.isEmpty() || kpis.contains(event.kpi()))
                                && (segment.isEmpty() || segment.equals(event.segment())));
    }

    private static Set<String> words(String list) {
        return Arrays.stream(list.split(",")).filter(word -> !word.isBlank()).collect(Collectors.toSet());
    }

    private long after(String lastEvent) {
        if (lastEvent == null || !lastEvent.startsWith(process + ".")) {
            return 0;
        }
        try {
            return Long.parseLong(lastEvent.substring(process.length() + 1));
        } catch (NumberFormatException garbled) {
            return 0;
        }
    }
}

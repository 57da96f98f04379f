package io.touchpoint.sandbox.queries;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A stream of server-sent events that is being read. */
final class EventStream implements AutoCloseable {

    private final BufferedReader lines;
    private String lastId = "";
    private String idBefore = "";

    private EventStream(BufferedReader lines) {
        this.lines = lines;
    }

    /** @param lastSeen the id of the event after which it goes on, empty for what is new */
    static EventStream open(URI address, String lastSeen) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", lastSeen)
                .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        return new EventStream(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    /** Reads until a line contains that. */
    void until(String text) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                idBefore = lastId;
                lastId = line.substring(4);
            }
            if (line.contains(text)) {
                return;
            }
        }
        throw new IOException("the stream ended before " + text);
    }

    /** {@return the id of the newest event that was read} */
    String lastId() {
        return lastId;
    }

    /** {@return the id of the event before that} */
    String idBefore() {
        return idBefore;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

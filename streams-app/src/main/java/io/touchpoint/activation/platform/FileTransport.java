package io.touchpoint.activation.platform;

import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Requests as files, one each, numbered in the order in which they would go out: request line, headers, body. */
public final class FileTransport implements Transport {

    private final AudiencePlatform platform;
    private final Path folder;
    private int written;

    /** @throws UncheckedIOException when the folder cannot be made */
    public FileTransport(AudiencePlatform platform, Path folder) {
        this.platform = platform;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public Answer send(Part part) {
        var request = platform.request(part);
        URI uri = request.uri();
        var head = request.method() + " " + uri + "\nContent-Type: " + request.contentType() + "\n"
                + platform.credentials("...").name() + ": ...\n\n";
        var file = folder.resolve("%06d.http".formatted(++written));
        try (var out = Files.newOutputStream(file)) {
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(request.body());
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return new Answer.Taken();
    }

    /** How many files there are. */
    public int written() {
        return written;
    }
}

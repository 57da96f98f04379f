package io.touchpoint.activation.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The token of a platform. A file is read again for each request: tokens last an hour, and whoever renews them writes the file. */
public final class Credential {

    private final Optional<String> token;
    private final Optional<Path> file;

    /** @param file goes before the token */
    public Credential(Optional<String> token, Optional<Path> file) {
        this.token = token;
        this.file = file;
    }

    /**
     * The token as it is now; empty where none is configured.
     *
     * @throws IOException when the file cannot be read
     */
    Optional<String> read() throws IOException {
        return file.isPresent() ? Optional.of(Files.readString(file.get()).strip()) : token;
    }

    @Override
    public String toString() {
        return "Credential[" + (file.isPresent() ? "in a file" : token.isPresent() ? "given" : "none") + "]";
    }
}

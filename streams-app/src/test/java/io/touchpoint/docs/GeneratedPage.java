package io.touchpoint.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page under docs/ that is generated from the code and must not drift from it. */
public final class GeneratedPage {

    /** The system property that makes tests write instead of compare. */
    public static final String WRITE = "touchpoint.docs.write";

    private static final Path DOCS = Path.of("..", "docs");

    private GeneratedPage() {}

    /** Fails when the page is not this text; with -Dtouchpoint.docs.write=true, writes it instead. */
    public static void assertUpToDate(String name, String text) {
        var page = DOCS.resolve(name);
        try {
            if (Boolean.getBoolean(WRITE)) {
                Files.createDirectories(DOCS);
                Files.writeString(page, text);
            }
            var written = Files.exists(page) ? Files.readString(page, StandardCharsets.UTF_8) : "";
            assertThat(written)
                    .as(
                            "docs/%s is generated and has drifted. Run 'mvn -pl streams-app -am test -D%s=true' and"
                                    + " commit it",
                            name, WRITE)
                    .isEqualTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

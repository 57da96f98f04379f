package io.touchpoint.domain.attribution;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Published data that may not be shipped: found by the environment variable TOUCHPOINT_DATA, else in a folder {@code shared/data} beside any parent of
 * the working directory; without it the test is skipped.
 */
public final class PublishedPaths {

    private PublishedPaths() {}

    /** {@return where a file of that data is} */
    public static Path file(String name) {
        var configured = System.getenv("TOUCHPOINT_DATA");
        var folder = configured == null ? null : Path.of(configured);
        for (Path at = Path.of("").toAbsolutePath(); folder == null && at != null; at = at.getParent()) {
            folder = Files.isDirectory(at.resolve("shared/data")) ? at.resolve("shared/data") : null;
        }
        boolean here = folder != null && Files.exists(folder.resolve(name));
        Assumptions.assumeTrue(
                here, () -> "skipped: " + name + " is not here; set TOUCHPOINT_DATA to the folder that holds it");
        return folder.resolve(name);
    }
}

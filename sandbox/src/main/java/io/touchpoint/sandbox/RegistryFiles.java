package io.touchpoint.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the registry's distribution lies: the folder {@code registry} beside this module's classes or jar, to which the
 * build unpacks it, or the folder named by the system property {@value #HOME}.
 */
final class RegistryFiles {

    static final String HOME = "touchpoint.registry.home";

    private RegistryFiles() {}

    /**
     * The folder of the distribution.
     *
     * @throws IllegalStateException when it is not there
     */
    static Path home() {
        var set = System.getProperty(HOME);
        var home = set == null ? ownClasses().resolveSibling("registry") : Path.of(set);
        if (!Files.isDirectory(home.resolve("lib"))) {
            throw new IllegalStateException("no schema registry in " + home
                    + " (expected: the unpacked distribution; `mvn package` puts it there)");
        }
        return home;
    }

    /**
     * The jar in the distribution that starts the registry.
     *
     * @throws IllegalStateException when there is none
     */
    static Path runner(Path home) {
        try (var jars = Files.newDirectoryStream(home, "*-runner.jar")) {
            var found = jars.iterator();
            if (found.hasNext()) {
                return found.next();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + home, unreadable);
        }
        throw new IllegalStateException("no *-runner.jar in " + home);
    }

    /** The folder or jar that holds this module's classes. */
    static Path ownClasses() {
        try {
            return Path.of(RegistryFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("this module's classes lie at no readable address", impossible);
        }
    }
}

package io.touchpoint.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TemporaryFolderTest {

    @TempDir
    private Path parent;

    @Test
    void shouldDeleteItWithAllThatIsInIt() throws IOException {
        Path path;
        try (var folder = TemporaryFolder.create(parent, "test")) {
            path = folder.path();
            assertThat(path).isDirectory().hasParent(parent);
            assertThat(path.getFileName().toString()).startsWith("touchpoint-test-");
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "c");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldCloseTwice() {
        var folder = TemporaryFolder.create(parent, "test");
        folder.close();
        folder.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldLeaveAnotherOfTheSameProcessAlone() {
        try (var one = TemporaryFolder.create(parent, "test");
                var other = TemporaryFolder.create(parent, "test")) {
            assertThat(one.path()).isDirectory();
            assertThat(other.path()).isDirectory();
        }
    }

    @Test
    void shouldDeleteWhatAKilledProcessLeftAndNothingThatIsInUse() throws Exception {
        var owner = owner();
        var left = Path.of(line(owner));
        Files.writeString(left.resolve("segment"), "bytes");
        TemporaryFolder.create(parent, "test").close();
        assertThat(left.resolve("segment")).exists();

        owner.destroyForcibly().waitFor();
        assertThat(left.resolve("segment")).exists();
        TemporaryFolder.create(parent, "test").close();

        assertThat(left).doesNotExist();
    }

    @Test
    void shouldLeaveAloneWhatItDidNotMake() throws IOException {
        var kept = Files.createDirectory(parent.resolve("touchpoint-data"));
        Files.writeString(kept.resolve("sandbox.lock"), "");
        var other = Files.createDirectory(parent.resolve("other-1"));
        Files.writeString(other.resolve("in-use.lock"), "");
        var file = Files.writeString(parent.resolve("touchpoint-notes"), "");
        var link = Files.createSymbolicLink(parent.resolve("touchpoint-link"), other);

        TemporaryFolder.create(parent, "test").close();

        assertThat(kept.resolve("sandbox.lock")).exists();
        assertThat(other.resolve("in-use.lock")).exists();
        assertThat(file).exists();
        assertThat(link).exists();
    }

    private Process owner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Owner.class.getName(),
                        parent.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    /** Makes a folder and waits to be killed. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(
                    TemporaryFolder.create(Path.of(arguments[0]), "test").path());
            System.in.read();
        }
    }
}

package io.touchpoint.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of this project, and the tools that look at them. */
final class Project {

    static final Path TOP = Path.of("").toAbsolutePath().getParent();

    private Project() {}

    static String text(String file) {
        try {
            return Files.readString(TOP.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    /** All documents of a YAML text, with anchors and merges resolved. */
    static List<Map<String, Object>> yaml(String text) {
        var documents = new ArrayList<Map<String, Object>>();
        new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(document -> {
            if (document != null) {
                documents.add(map(document));
            }
        });
        return documents;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object yaml) {
        return yaml == null ? Map.of() : (Map<String, Object>) yaml;
    }

    static List<Object> list(Object yaml) {
        return yaml == null ? List.of() : List.copyOf((List<?>) yaml);
    }

    static List<Map<String, Object>> maps(Object yaml) {
        return list(yaml).stream().map(Project::map).toList();
    }

    /** What lies deeper, by the names of the keys. */
    static Object at(Object yaml, String... keys) {
        var found = yaml;
        for (var key : keys) {
            found = map(found).get(key);
        }
        return found;
    }

    /** Every text anywhere within. */
    static Stream<String> texts(Object yaml) {
        if (yaml instanceof Map<?, ?> map) {
            return map.values().stream().flatMap(Project::texts);
        }
        return yaml instanceof List<?> list ? list.stream().flatMap(Project::texts) : Stream.of(String.valueOf(yaml));
    }

    /** A program of the machine or, first, of those that the checks fetched; empty where there is none. */
    static Optional<String> tool(String name) {
        var path = Stream.concat(
                Stream.of(Path.of("target", "tools", name).toAbsolutePath()),
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(Path::of));
        return path.map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .findFirst();
    }

    /** Runs a program at the top of the project and returns what it said, once it said that all was well. */
    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).directory(TOP.toFile()).start();
            process.getOutputStream().close();
            var errors = Files.createTempFile("touchpoint", ".err");
            var reader = new Thread(() -> {
                try {
                    Files.write(errors, process.getErrorStream().readAllBytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            reader.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = process.waitFor();
            reader.join();
            var complaints = Files.readString(errors);
            Files.delete(errors);
            assertThat(exitCode).as("%s%n%s%n%s", command, said, complaints).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}

package io.touchpoint.deploy;

import static io.touchpoint.deploy.Project.TOP;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.touchpoint.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is built into the image, and what the files of this folder say of the project. */
@Timeout(60)
class ContainerTest {

    private static final String DOCKERFILE = Project.text("deploy/Dockerfile");

    @Test
    void shouldBuildFromFilesThatExistAndStartAClassThatExists() throws ClassNotFoundException {
        var main = Pattern.compile("\"(io\\.touchpoint\\.[\\w.]+)\"").matcher(DOCKERFILE);
        assertThat(main.find()).isTrue();
        assertThat(Class.forName(main.group(1))).hasPublicMethods("main");
        var copied = Pattern.compile("(?m)^COPY (?!--)(\\S+) ").matcher(DOCKERFILE);
        while (copied.find()) {
            assertThat(TOP.resolve(copied.group(1))).exists();
        }
        assertThat(Pattern.compile("(?m)^FROM (\\S+)").matcher(DOCKERFILE).results())
                .hasSize(2)
                .allMatch(image -> image.group(1).matches("[\\w/-]+:[\\w.-]*\\d+\\.\\d+\\.\\d+[\\w.-]*"));
        assertThat(DOCKERFILE).contains("\nUSER 10001:10001\n");
    }

    @Test
    void shouldAskThePipelineWithoutMoreThanAShell() throws IOException, InterruptedException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("yes\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/health/live", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            assertThat(probe("ready", port)).isZero();
            assertThat(probe("live", port)).isNotZero();
        } finally {
            server.stop(0);
        }
        assertThat(probe("ready", 1)).isNotZero();
    }

    private static int probe(String question, int port) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(TOP.resolve("deploy/container/probe").toString(), question)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TOUCHPOINT_HTTP_PORT", Integer.toString(port));
        var process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void shouldNameOnlyTopicsThatAreDeclared() throws IOException {
        var name = Pattern.compile("touchpoint\\.[a-z]+[a-z.-]*\\.v\\d+");
        try (var files = Files.walk(TOP.resolve("deploy"))) {
            for (var file : files.filter(ContainerTest::isOurs).toList()) {
                name.matcher(Files.readString(file))
                        .results()
                        .forEach(topic -> assertThat(Topics.named(topic.group()))
                                .as("%s in %s", topic.group(), file)
                                .isPresent());
            }
        }
        assertThat(name.matcher("x touchpoint.kpis.rolling.v1,").find()).isTrue();
    }

    private static boolean isOurs(Path file) {
        var within = TOP.resolve("deploy").relativize(file).toString();
        return Files.isRegularFile(file)
                && !within.startsWith("target")
                && !within.startsWith("src")
                && within.matches(".*\\.(ya?ml|json|sql|md|properties|sh|tpl)");
    }
}

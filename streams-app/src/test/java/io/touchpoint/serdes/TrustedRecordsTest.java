package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In a JVM of its own, since Avro reads what it trusts once per process and the tests' JVM was told on its command line. */
@Timeout(60)
class TrustedRecordsTest {

    @Test
    void shouldTrustOurRecordsAlsoWhenARecordWasMadeBeforeTheFirstSerde() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), EventThenSerde.class.getName())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("read: o-1", "poison: truncated or damaged", "not trusted: java.io.File");
    }
}

package io.touchpoint.queries;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.runtime.Pipeline;
import io.touchpoint.serdes.RecordSerdes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OperationsServerTest {

    @TempDir
    private Path folder;

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            var config = AppConfig.read(
                    Optional.empty(),
                    Map.of(),
                    Map.of(
                            "bootstrap.servers", "127.0.0.1:1",
                            "http.port", Integer.toString(port),
                            "streams.state-dir", folder.toString()));
            try (var serdes = RecordSerdes.over(new InMemorySchemaRegistry());
                    var pipeline = Pipeline.start(config, PolicyFile.shipped(), serdes, InstantSource.system())) {
                assertThatThrownBy(() -> OperationsServer.start(config, PolicyFile.shipped(), serdes, pipeline))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(
                                "cannot listen on 127.0.0.1:" + port + ": Address already in use (expected: an address"
                                        + " of this machine and a free port, or 0 to have one found)");
            }
        }
    }
}

package io.touchpoint.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.activation.platform.Platform;
import io.touchpoint.config.AppConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ActivationServerTest {

    @Test
    void shouldAnswerAProbeWithoutATokenAndNobodyElse() throws Exception {
        var http = new AppConfig.Http("127.0.0.1", 0, Optional.of("secret"), Optional.empty());
        try (var server = ActivationServer.start(http, Platform.GOOGLE, new ActivationFigures())) {
            assertThat(status(server, "/health/live")).isEqualTo(200);
            assertThat(status(server, "/health")).isEqualTo(401);
            assertThat(status(server, "/metrics")).isEqualTo(401);
            assertThat(status(server, "/health/live/../../metrics")).isNotEqualTo(200);
        }
    }

    private static int status(ActivationServer server, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}

package io.touchpoint.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.touchpoint.registry.RegistrySettings.Credentials;
import io.touchpoint.registry.RegistrySettings.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry behind TLS that asks for a client certificate; keys are made by the JDK's keytool. */
@Timeout(60)
class RegistryTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static Tls.Store serverStore;
    private static Tls.Store clientStore;

    private HttpsServer server;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException {
        serverStore = keys("server");
        clientStore = keys("client");
    }

    @BeforeEach
    void start() throws IOException {
        var context = TlsContext.of(new Tls(Optional.of(clientStore), Optional.of(serverStore)))
                .orElseThrow();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = context.getDefaultSSLParameters();
                tls.setNeedClientAuth(true);
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", exchange -> {
            var body = "{\"schema\":\"\\\"string\\\"\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldTrustTheGivenStoreAndShowItsCertificate() {
        var registry = connect(new Tls(Optional.of(serverStore), Optional.of(clientStore)));

        assertThat(registry.schema(1).getType()).isEqualTo(Schema.Type.STRING);
    }

    @Test
    void shouldNotTrustAnUnknownServer() {
        assertThatThrownBy(() -> connect(Tls.DEFAULT).schema(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void shouldBeTurnedAwayWithoutItsCertificate() {
        assertThatThrownBy(() -> connect(new Tls(Optional.of(serverStore), Optional.empty()))
                        .schema(1))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private HttpSchemaRegistry connect(Tls tls) {
        var url = URI.create("https://localhost:" + server.getAddress().getPort());
        return new HttpSchemaRegistry(new RegistrySettings(
                List.of(url),
                new Credentials.None(),
                tls,
                Duration.ofSeconds(5),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                true));
    }

    /** A store with a key and its certificate, which Java takes for a trust store too. */
    private static Tls.Store keys(String name) throws IOException, InterruptedException {
        var file = folder.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return new Tls.Store(file, "PKCS12", PASSWORD);
    }
}

package io.touchpoint.sandbox.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.access.Party;
import io.touchpoint.config.AppConfig;
import io.touchpoint.sandbox.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/**
 * A broker that takes clients over TLS with SCRAM only and denies what is not allowed, with a user for each party. Its other listener is
 * for brokers and for the super user of the tests.
 */
final class SecuredBroker implements AutoCloseable {

    private static final String STORE_PASSWORD = "changeit";

    private final Path folder;
    private final EmbeddedKafka kafka;
    private final Admin superUser;

    private SecuredBroker(Path folder, EmbeddedKafka kafka) {
        this.folder = folder;
        this.kafka = kafka;
        this.superUser = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()));
    }

    static SecuredBroker start(Path folder) throws Exception {
        makeCertificate(folder);
        var clients = "listener.name.clients.";
        var kafka = EmbeddedKafka.startSecured(
                folder.resolve("kafka"),
                1,
                Map.of(
                        clients + "sasl.enabled.mechanisms",
                        "SCRAM-SHA-512",
                        clients + "scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        clients + "ssl.keystore.type",
                        "PKCS12",
                        clients + "ssl.keystore.location",
                        folder.resolve("server.p12").toString(),
                        clients + "ssl.keystore.password",
                        STORE_PASSWORD,
                        "authorizer.class.name",
                        RecordingAuthorizer.class.getName(),
                        "allow.everyone.if.no.acl.found",
                        "false",
                        "super.users",
                        "User:ANONYMOUS"));
        var broker = new SecuredBroker(folder, kafka);
        broker.makeUsers();
        return broker;
    }

    Admin superUser() {
        return superUser;
    }

    String serversOfSuperUser() {
        return kafka.bootstrapServers();
    }

    /** The configuration of a party as a container would have it: an environment, and a file with the secret. */
    AppConfig config(Party party, Map<String, String> over) throws IOException {
        return AppConfig.read(Optional.empty(), environment(party, password(party)), settings(over));
    }

    Map<String, String> environment(Party party, String password) throws IOException {
        var jaas = Files.writeString(
                folder.resolve("jaas-" + party),
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"touchpoint-" + party
                        + "\" password=\"" + password + "\";\n");
        return Map.of(
                "TOUCHPOINT_BOOTSTRAP_SERVERS",
                kafka.securedServers(),
                "TOUCHPOINT_KAFKA_SECURITY_PROTOCOL",
                "SASL_SSL",
                "TOUCHPOINT_KAFKA_SASL_MECHANISM",
                "SCRAM-SHA-512",
                "TOUCHPOINT_KAFKA_SASL_JAAS_CONFIG_FILE",
                jaas.toString(),
                "TOUCHPOINT_KAFKA_SSL_TRUSTSTORE_TYPE",
                "PEM",
                "TOUCHPOINT_KAFKA_SSL_TRUSTSTORE_LOCATION",
                folder.resolve("ca.pem").toString());
    }

    /** Small, and by the time of the events. */
    Map<String, String> settings(Map<String, String> over) {
        var settings = new HashMap<>(Map.of(
                "clock", "EVENT",
                "topics.partitions", "1",
                "topics.replication", "1",
                "streams.threads", "1",
                "streams.standbys", "0",
                "http.port", "0"));
        settings.put("streams.state-dir", folder.resolve("state").toString());
        settings.putAll(over);
        return settings;
    }

    static String password(Party party) {
        return "password-of-" + party;
    }

    private void makeUsers() throws Exception {
        var users = Stream.of(Party.values())
                .<UserScramCredentialAlteration>map(party -> new UserScramCredentialUpsertion(
                        "touchpoint-" + party,
                        new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                        password(party)))
                .toList();
        superUser.alterUserScramCredentials(users).all().get();
    }

    private static void makeCertificate(Path folder) throws IOException, InterruptedException {
        var store = List.of(
                "-alias",
                "server",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("server.p12").toString(),
                "-storepass",
                STORE_PASSWORD);
        keytool(
                List.of(
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2"),
                store);
        keytool(List.of("-exportcert", "-rfc", "-file", folder.resolve("ca.pem").toString()), store);
    }

    private static void keytool(List<String> what, List<String> store) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(what);
        command.addAll(store);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Override
    public void close() {
        superUser.close();
        kafka.close();
    }
}

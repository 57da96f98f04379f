package io.touchpoint.sandbox.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.activation.platform.Credential;
import io.touchpoint.activation.platform.HttpTransport;
import io.touchpoint.activation.platform.Platform;
import io.touchpoint.domain.activation.Answer;
import io.touchpoint.domain.activation.Backoff;
import io.touchpoint.domain.activation.Batch;
import io.touchpoint.domain.activation.Delivery;
import io.touchpoint.domain.activation.Identifier;
import io.touchpoint.domain.activation.Identifier.Kind;
import io.touchpoint.domain.activation.Part;
import io.touchpoint.sandbox.activation.PlatformServer.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every platform in its own words, against a server that holds requests to the documentation. */
@Timeout(60)
class PlatformContractTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Backoff NO_WAIT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(1));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Platform.class)
    void shouldAddAndRemoveInTheDocumentedForm(Platform platform) throws Exception {
        try (var server = PlatformServer.start(platform)) {
            var transport = transport(platform, server, PATIENCE);
            var all = identifiers(0, platform.most());

            assertThat(transport.send(new Part("77", true, all))).isEqualTo(new Answer.Taken());
            assertThat(server.members("77")).isEqualTo(texts(all));
            assertThat(transport.send(new Part("77", false, all.subList(0, 10))))
                    .isEqualTo(new Answer.Taken());
            assertThat(server.members("77")).isEqualTo(texts(all.subList(10, all.size())));
            assertThat(server.broken()).isEmpty();
            assertThat(server.largest()).isEqualTo(platform.most());
        }
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void shouldDeliverAllButTheMembersThatThePlatformRefuses(Platform platform) throws Exception {
        try (var server = PlatformServer.start(platform)) {
            var all = identifiers(0, 300);
            var wrong = List.of(all.get(8), all.get(41), all.get(42), all.get(299));
            server.poison(texts(wrong));
            var delivery = new Delivery(new Batch("77", all, List.of(), 1, NOW), 100, NO_WAIT);
            deliver(delivery, transport(platform, server, PATIENCE));

            assertThat(delivery.settlement().refused().keySet()).isEqualTo(Set.copyOf(wrong));
            assertThat(server.members("77")).hasSize(296).doesNotContainAnyElementsOf(texts(wrong));
            assertThat(server.broken()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Platform.class)
    void shouldSayWhatCanBeTriedAgain(Platform platform) throws Exception {
        try (var server = PlatformServer.start(platform)) {
            var part = new Part("77", true, identifiers(0, 2));
            server.faults(number -> switch (number) {
                case 1 -> Fault.THROTTLED;
                case 2 -> Fault.FAILED_BEFORE;
                default -> Fault.NONE;
            });
            var transport = transport(platform, server, PATIENCE);

            assertThat(transport.send(part)).isEqualTo(new Answer.Throttled(Optional.of(Duration.ofSeconds(1))));
            assertThat(transport.send(part)).isEqualTo(new Answer.Failed("STATUS_500", Optional.empty()));
            assertThat(transport.send(part)).isEqualTo(new Answer.Taken());
        }
    }

    @Test
    void shouldSendAgainWhatMetAnotherChangeAtGoogle() throws Exception {
        try (var server = PlatformServer.start(Platform.GOOGLE)) {
            server.faults(number -> number == 1 ? Fault.CONFLICT : Fault.NONE);
            var all = identifiers(0, 3);
            var delivery = new Delivery(new Batch("77", all, List.of(), 1, NOW), 100, NO_WAIT);
            deliver(delivery, transport(Platform.GOOGLE, server, PATIENCE));

            assertThat(delivery.settlement().refused()).isEmpty();
            assertThat(server.members("77")).isEqualTo(texts(all));
        }
    }

    @Test
    void shouldAddToAnAudienceOfMetaThatIsTooSmallToRemoveFrom() throws Exception {
        try (var server = PlatformServer.start(Platform.META)) {
            server.keepAtLeast(5);
            var all = identifiers(0, 6);
            var transport = transport(Platform.META, server, PATIENCE);
            deliver(new Delivery(new Batch("77", all.subList(0, 5), List.of(), 1, NOW), 100, NO_WAIT), transport);

            var delivery = new Delivery(new Batch("77", all.subList(5, 6), all.subList(0, 2), 2, NOW), 100, NO_WAIT);
            deliver(delivery, transport);

            assertThat(delivery.settlement().kept()).isEqualTo(Set.copyOf(all.subList(0, 2)));
            assertThat(server.members("77")).isEqualTo(texts(all));
        }
    }

    @Test
    void shouldNotWaitForEver() throws Exception {
        try (var server = PlatformServer.start(Platform.GOOGLE)) {
            server.faults(number -> Fault.SILENT_AFTER);
            var transport = transport(Platform.GOOGLE, server, Duration.ofMillis(300));

            assertThat(transport.send(new Part("77", true, identifiers(0, 2))))
                    .isEqualTo(new Answer.Failed("TIMEOUT", Optional.empty()));
        }
    }

    @Test
    void shouldSayThatNobodyIsThere() throws Exception {
        var server = PlatformServer.start(Platform.META);
        server.close();

        assertThat(transport(Platform.META, server, PATIENCE).send(new Part("77", true, identifiers(0, 2))))
                .isEqualTo(new Answer.Failed("NO_CONNECTION", Optional.empty()));
    }

    @Test
    void shouldReadARenewedToken() throws Exception {
        try (var server = PlatformServer.start(Platform.YANDEX)) {
            var file = folder.resolve("token");
            Files.writeString(file, "of yesterday\n");
            var transport = new HttpTransport(
                    Platform.YANDEX.open(server.url(), ""),
                    new Credential(Optional.empty(), Optional.of(file)),
                    PATIENCE);
            var part = new Part("77", true, identifiers(0, 2));

            assertThat(transport.send(part)).isEqualTo(new Answer.Blocked("NO_ACCESS"));
            Files.writeString(file, PlatformServer.TOKEN + "\n");
            assertThat(transport.send(part)).isEqualTo(new Answer.Taken());
        }
    }

    private static void deliver(Delivery delivery, HttpTransport transport) throws InterruptedException {
        for (int requests = 0; !delivery.isDone(); requests++) {
            assertThat(requests).as("requests").isLessThan(100);
            delivery.take(transport.send(delivery.next()), NOW);
        }
    }

    private static HttpTransport transport(Platform platform, PlatformServer server, Duration timeout) {
        return new HttpTransport(
                platform.open(server.url(), PlatformServer.ACCOUNT),
                new Credential(Optional.of(PlatformServer.TOKEN), Optional.empty()),
                timeout);
    }

    private static List<Identifier> identifiers(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> new Identifier(i % 3 == 0 ? Kind.PHONE : Kind.EMAIL, Hashes.of("person-" + i)))
                .toList();
    }

    private static Set<String> texts(List<Identifier> identifiers) {
        return identifiers.stream().map(Identifier::text).collect(Collectors.toSet());
    }
}

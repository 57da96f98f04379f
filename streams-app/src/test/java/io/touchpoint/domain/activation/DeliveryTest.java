package io.touchpoint.domain.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1));

    private final List<Identifier> members = IntStream.range(0, 100)
            .mapToObj(i -> Changes.email(i + "@x.example"))
            .toList();

    @Test
    void shouldFindTheOneThatSpoilsTheRest() {
        var poison = Set.of(members.get(17), members.get(63));
        var delivery = delivery(members, List.of());
        var taken = new HashSet<Identifier>();
        int requests = 0;
        while (!delivery.isDone()) {
            requests++;
            var part = delivery.next();
            if (part.identifiers().stream().anyMatch(poison::contains)) {
                delivery.take(new Answer.Unclear("INVALID"), NOW);
            } else {
                taken.addAll(part.identifiers());
                delivery.take(new Answer.Taken(), NOW);
            }
        }
        assertThat(delivery.settlement().refused().keySet()).isEqualTo(poison);
        assertThat(taken).hasSize(98).doesNotContainAnyElementsOf(poison);
        assertThat(requests).isLessThan(30);
    }

    @Test
    void shouldLeaveOutWhoThePlatformNames() {
        var delivery = delivery(members, List.of());
        delivery.take(new Answer.Spoilt(Map.of(3, "BAD")), NOW);

        assertThat(delivery.next().identifiers()).hasSize(99).doesNotContain(members.get(3));
        delivery.take(new Answer.Taken(), NOW);
        assertThat(delivery.isDone()).isTrue();
        assertThat(delivery.settlement().refused()).isEqualTo(Map.of(members.get(3), "BAD"));
    }

    @Test
    void shouldCutAtTheSizeOfARequestAndAddBeforeItRemoves() {
        var delivery =
                new Delivery(new Batch("list", members.subList(0, 50), members.subList(50, 100), 1, NOW), 40, BACKOFF);
        var sent = new ArrayList<String>();
        while (!delivery.isDone()) {
            sent.add((delivery.next().add() ? "+" : "-")
                    + delivery.next().identifiers().size());
            delivery.take(new Answer.Taken(), NOW);
        }
        assertThat(sent).containsExactly("+40", "+10", "-40", "-10");
    }

    @Test
    void shouldWaitLongerWithEachFailureAndNotAtAllAfterASuccess() {
        var delivery = delivery(members, members.subList(0, 1));
        delivery.take(new Answer.Failed("STATUS_500", Optional.empty()), NOW);
        var first = Duration.between(NOW, delivery.notBefore());
        for (int i = 0; i < 4; i++) {
            delivery.take(new Answer.Failed("STATUS_500", Optional.empty()), NOW);
        }
        var fifth = Duration.between(NOW, delivery.notBefore());

        assertThat(first).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
        assertThat(fifth).isBetween(Duration.ofMillis(8000), Duration.ofMillis(16000));
        assertThat(delivery.trouble()).isEqualTo("STATUS_500");
        delivery.take(new Answer.Taken(), NOW);
        assertThat(delivery.notBefore()).isBefore(NOW);
        assertThat(delivery.trouble()).isEmpty();
    }

    @Test
    void shouldBelieveAPlatformThatSaysHowLong() {
        var delivery = delivery(members, List.of());
        var pause = delivery.take(new Answer.Throttled(Optional.of(Duration.ofSeconds(77))), NOW);

        assertThat(pause).contains(Duration.ofSeconds(77));
        assertThat(delivery.next().identifiers()).hasSize(100);
    }

    @Test
    void shouldNotTakeAWrongRequestForAHundredWrongMembers() {
        var delivery = delivery(members, List.of());
        int requests = 0;
        while (delivery.trouble().isEmpty() && !delivery.isDone()) {
            delivery.take(new Answer.Unclear("STATUS_400"), NOW);
            requests++;
        }
        assertThat(delivery.trouble()).isEqualTo("EVERY_MEMBER_REFUSED");
        assertThat(requests).isLessThan(40);
        assertThat(delivery.next().identifiers()).hasSize(100);
        assertThat(delivery.settlement().refused()).isEmpty();
    }

    @Test
    void shouldRefuseOnlyTheWrongOneOfAFew() {
        var few = members.subList(0, 3);
        var delivery = delivery(few, List.of());
        while (!delivery.isDone()) {
            boolean wrong = delivery.next().identifiers().contains(few.get(1));
            delivery.take(wrong ? new Answer.Unclear("STATUS_400") : new Answer.Taken(), NOW);
        }
        assertThat(delivery.settlement().refused()).isEqualTo(Map.of(few.get(1), "STATUS_400"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void shouldRefuseNobodyOfAFewWhenTheRequestIsWrong(int few) {
        var delivery = delivery(members.subList(0, few), List.of());
        while (delivery.trouble().isEmpty()) {
            assertThat(delivery.isDone()).isFalse();
            delivery.take(new Answer.Unclear("STATUS_400"), NOW);
        }
        assertThat(delivery.trouble()).isEqualTo("EVERY_MEMBER_REFUSED");
        assertThat(delivery.settlement().refused()).isEmpty();
        assertThat(delivery.next().identifiers()).hasSize(few);
        assertThat(delivery.notBefore()).isAfter(NOW.plusSeconds(60));
    }

    @Test
    void shouldRefuseAFewAfterAllSoThatWhatIsNewerGoesOut() {
        var delivery = delivery(members.subList(0, 2), List.of());
        int requests = 0;
        while (!delivery.isDone() && requests < 100) {
            delivery.take(new Answer.Unclear("STATUS_400"), NOW);
            requests++;
        }
        assertThat(requests).as("three rounds of doubt, and one").isEqualTo(4 * 3);
        assertThat(delivery.settlement().refused()).hasSize(2).containsValue("STATUS_400");
    }

    @Test
    void shouldRefuseEachOfAFewWhoseReasonsDifferOrWhoAreNamed() {
        var differ = delivery(members.subList(0, 2), List.of());
        differ.take(new Answer.Unclear("INVALID"), NOW);
        differ.take(new Answer.Unclear("INVALID_HASH"), NOW);
        differ.take(new Answer.Unclear("INVALID_COUNTRY"), NOW);
        assertThat(differ.settlement().refused()).hasSize(2);
        assertThat(differ.isDone()).isTrue();

        var named = delivery(members.subList(0, 2), List.of());
        named.take(new Answer.Spoilt(Map.of(0, "BAD", 1, "BAD")), NOW);
        assertThat(named.isDone()).isTrue();
        assertThat(named.settlement().refused()).hasSize(2);
    }

    @Test
    void shouldRefuseEachOfAFewWhenTheRequestWasTakenButForThem() {
        var delivery = delivery(members.subList(0, 2), List.of());
        for (int i = 0; i < 3; i++) {
            delivery.take(new Answer.Mixed("INVALID_ENTRY"), NOW);
        }
        assertThat(delivery.isDone()).isTrue();
        assertThat(delivery.settlement().refused()).hasSize(2);
    }

    @Test
    void shouldGiveUpRemovalsThatASmallAudienceKeeps() {
        var delivery =
                new Delivery(new Batch("list", members.subList(0, 5), members.subList(5, 10), 1, NOW), 3, BACKOFF);
        for (int i = 0; i < 2; i++) {
            delivery.take(new Answer.Taken(), NOW);
        }
        delivery.take(new Answer.Kept("TOO_SMALL"), NOW);

        assertThat(delivery.isDone()).isTrue();
        assertThat(delivery.settlement().kept()).containsExactlyInAnyOrderElementsOf(members.subList(5, 10));
        assertThat(delivery.settlement().refused()).isEmpty();
    }

    private static Delivery delivery(List<Identifier> adds, List<Identifier> removes) {
        return new Delivery(new Batch("list", adds, removes, 1, NOW), 1000, BACKOFF);
    }
}

package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AdConsent;
import io.touchpoint.records.MembershipChange;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the topic of audience changes gets, under the shipped policy. */
class AudienceChangesTest {

    private static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    private final PipelineDriver pipeline = PipelineDriver.live(NOW);

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void shouldAddOnEveryPlatformUnderTheTimeOfThePurchaseAndRemoveAtTheDeadline() {
        var paidAt = NOW.minusSeconds(3);
        pipeline.send(Topics.CUSTOMERS, Events.contact("anna", AdConsent.GRANTED, NOW.minusSeconds(9)));
        pipeline.send(Topics.ORDERS, Events.paid("anna", "o1", paidAt, Events.line("audio-1", 1)));

        assertThat(pipeline.audienceChanges())
                .extracting(PipelineDriver.Published::key)
                .containsExactly(
                        "google|anna|SKU|audio-1",
                        "meta|anna|SKU|audio-1",
                        "tiktok|anna|SKU|audio-1",
                        "yandex|anna|SKU|audio-1");
        assertThat(pipeline.audienceChanges()).allSatisfy(change -> {
            assertThat(change.timestamp()).isEqualTo(paidAt);
            assertThat(change.value().getChange()).isEqualTo(MembershipChange.ADD);
            assertThat(change.value().getUntil()).isEqualTo(paidAt.plus(Duration.ofDays(180)));
        });

        pipeline.advance(Duration.ofDays(180));

        var removed = pipeline.audienceChanges().stream()
                .filter(change -> change.value().getChange() == MembershipChange.REMOVE)
                .toList();
        assertThat(removed).hasSize(4).allSatisfy(change -> {
            assertThat(change.timestamp()).isEqualTo(paidAt.plus(Duration.ofDays(180)));
            assertThat(change.value().getCause()).isEqualTo("LIFTED");
        });
    }

    @Test
    void shouldRemoveBeforeTheCustomerIsForgotten() {
        pipeline.send(Topics.CUSTOMERS, Events.contact("anna", AdConsent.GRANTED, NOW.minusSeconds(9)));
        pipeline.send(Topics.ORDERS, Events.paid("anna", "o1", NOW.minusSeconds(3), Events.line("audio-1", 1)));
        pipeline.send(Topics.ERASURES, Events.erasure("anna", NOW.minusSeconds(1)));

        var changes = pipeline.audienceChanges();
        assertThat(changes).hasSize(12);
        var afterwards = changes.subList(4, 12);
        for (int i = 0; i < afterwards.size(); i += 2) {
            assertThat(afterwards.get(i).value().getCause()).isEqualTo("ERASED");
            assertThat(afterwards.get(i).value().getEmailHashes())
                    .isEqualTo(changes.get(i / 2).value().getEmailHashes());
            assertThat(afterwards.get(i + 1).value()).isNull();
            assertThat(afterwards.get(i + 1).key()).isEqualTo(afterwards.get(i).key());
        }
    }

    @Test
    void shouldCountAddressesThatAreOfNoUse() {
        var contact = Events.contact("anna", AdConsent.GRANTED, NOW.minusSeconds(9));
        contact.setEmails(List.of("nobody", "an na@example.com"));
        contact.setPhones(List.of());
        pipeline.send(Topics.CUSTOMERS, contact);
        pipeline.send(Topics.CUSTOMERS, contact);

        assertThat(pipeline.metric("addresses-dropped-total", "platform", "google"))
                .isEqualTo(1);
        assertThat(pipeline.metric("addresses-dropped-total", "platform", "meta"))
                .isEqualTo(2);
    }
}

package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.consent;
import static io.touchpoint.domain.customer.CustomerEvents.contact;
import static io.touchpoint.domain.customer.CustomerEvents.contactWithdrawal;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.erasure;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.audience.MembershipRule;
import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.TicketStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What ad platforms are told of one customer. That removals are exact and revisions grow is checked with every change, by {@link Audience}. */
class AudiencesTest {

    private static final int HISTORIES = 300;

    private final FoldedCustomer customer = new FoldedCustomer(googleAlone());

    @Test
    void shouldTellTheReasonTheEndAndThePolicy() {
        customer.after(consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("mug", 1)));

        var change = customer.decisions().audience().changes().get(0);
        assertThat(change.key()).isEqualTo("google|c1|SKU|mug");
        assertThat(change.value().getUntil())
                .isEqualTo(customer.suppression("SKU|mug").getUntil());
        assertThat(change.value().getPolicyVersion()).isEqualTo(Policies.VERSION);
        assertThat(change.value().getRevision()).isEqualTo(day(1));
    }

    @Test
    void shouldNotAddTheWishToBeSparedOnItsWayOut() {
        customer.after(consent(AdConsent.DENIED, day(0)), paid("o1", day(1), line("mug", 1)));

        customer.after(consent(AdConsent.GRANTED, day(2)));

        assertThat(told()).containsExactly("2: google SKU|mug ADD CONSENT_GRANTED 1+0");
        customer.after(consent(AdConsent.DENIED, day(3)));
        assertThat(told()).containsExactly("3: google SKU|mug REMOVE CONSENT_REVOKED 1+0");
    }

    @Test
    void shouldHeedADenialHoweverThePlatformIsSpelled() {
        var spellings = List.of("google", "Google", "GOOGLE");
        for (var denied : spellings) {
            var consents = new HashMap<String, AdConsent>();
            spellings.forEach(
                    spelling -> consents.put(spelling, spelling.equals(denied) ? AdConsent.DENIED : AdConsent.GRANTED));
            var theirs = new FoldedCustomer(googleAlone());

            theirs.after(
                    contact(AdConsent.GRANTED, day(0), List.of("c1@example.com"), List.of(), consents),
                    paid("o1", day(1), line("mug", 1)));

            assertThat(theirs.decisions().audience().changes()).as(denied).isEmpty();
        }
    }

    @Test
    void shouldRemoveWhatWasSentWhenAllIsWithdrawn() {
        customer.after(
                consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("mug", 1)), contactWithdrawal(day(2)));

        assertThat(told())
                .containsExactly(
                        "1: google SKU|mug ADD SUPPRESSED 1+0", "2: google SKU|mug REMOVE CONSENT_REVOKED 1+0");
    }

    @Test
    void shouldSayNothingOfAnOlderContactRecord() {
        customer.after(consent(AdConsent.GRANTED, day(5)), paid("o1", day(6), line("mug", 1)));
        told();

        customer.after(contact(AdConsent.GRANTED, day(4), List.of("old@example.com"), List.of(), Map.of()));

        assertThat(told()).isEmpty();
    }

    @Test
    void shouldSendNoMoreAddressesThanEveryPlatformTakes() {
        var emails =
                IntStream.range(0, 12).mapToObj(i -> "c" + i + "@example.com").toList();
        customer.after(
                contact(AdConsent.GRANTED, day(0), emails, List.of("+49 30 1234567"), Map.of()),
                paid("o1", day(1), line("mug", 1)));

        assertThat(told()).containsExactly("1: google SKU|mug ADD SUPPRESSED 10+0");
    }

    @Test
    void shouldLetGoOfTheKeyTogetherWithThatOfTheSuppression() {
        customer.after(consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("mug", 1)))
                .at(day(380));

        assertThat(customer.decisions().audience().changes())
                .extracting(change -> change.value() == null)
                .containsExactly(false, false, true);
        assertThat(told()).last().asString().endsWith(": google SKU|mug forgotten");
        customer.after(erasure(day(381)));
        assertThat(told()).isEmpty();
    }

    @Test
    void shouldTellNothingWhereNoPlatformIsServed() {
        var unserved = new FoldedCustomer(Policies.serving(Policies.countingAt(OrderStatus.PAID), AudienceRules.OFF));
        unserved.after(consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("mug", 1)), erasure(day(2)));

        assertThat(unserved.decisions().audience().changes()).isEmpty();
    }

    @Test
    void shouldKeepNothingOfThePersonAfterAnErasureAndGoOnFromItsRevision() {
        customer.after(consent(AdConsent.GRANTED, day(0)), ticket("t1", TicketStatus.OPENED, day(9)), erasure(day(3)));
        assertThat(told()).endsWith("9: google ALL| REMOVE ERASED 1+0", "9: google ALL| forgotten");
        assertThat(new String(customer.bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("example");

        // The erasure was late: the new life begins before the time of what was told in the old one.
        customer.reload();
        customer.after(consent(AdConsent.GRANTED, day(4)), ticket("t1", TicketStatus.OPENED, day(5)));

        assertThat(told()).containsExactly("5: google ALL| ADD SUPPRESSED 1+0");
        var changes = customer.decisions().audience();
        assertThat(changes.members()).containsOnlyKeys("google|c1|ALL|");
    }

    @Test
    void shouldBringWhatAnEarlierReleaseKeptIntoForm() {
        var unserved = Policies.serving(Policies.countingAt(OrderStatus.PAID), AudienceRules.OFF);
        var upgraded = new FoldedCustomer(unserved)
                .after(consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("mug", 1)));
        upgraded.state().getContact().setEmails(List.of(" C1@Example.com"));
        upgraded.state().getContact().setPhones(List.of("030 1234567", "12"));
        upgraded.state().getContact().setNormal(false);

        upgraded.under(googleAlone()).after(click("k1", day(2)));

        var change = upgraded.decisions().audience().changes().get(0).value();
        assertThat(change.getPhoneHashes()).hasSize(1);
        customer.after(consent(AdConsent.GRANTED, day(0)), paid("o1", day(1), line("mug", 1)));
        assertThat(change.getEmailHashes())
                .isEqualTo(
                        customer.decisions().audience().changes().get(0).value().getEmailHashes());
    }

    @Test
    void shouldLetTheKeysBeForgottenOfWhomConsentWasTakenBeforeTheErasure() {
        customer.after(
                consent(AdConsent.GRANTED, day(0)),
                paid("o1", day(1), line("mug", 1)),
                consent(AdConsent.DENIED, day(2)),
                erasure(day(3)));

        assertThat(told()).contains("3: google SKU|mug forgotten").noneMatch(line -> line.contains("ERASED"));
    }

    @Test
    void shouldRefreshAtTheSameInstantsWhoeverAsks() {
        long interval = 430 * DAY;
        long first = MembershipRule.nextRefresh("c1", interval, day(0));
        assertThat(first).isGreaterThan(day(0)).isLessThanOrEqualTo(day(430));
        assertThat(MembershipRule.nextRefresh("c1", interval, first - 1)).isEqualTo(first);
        assertThat(MembershipRule.nextRefresh("c1", interval, first)).isEqualTo(first + interval);
        assertThat(IntStream.range(0, 1_000)
                        .mapToLong(i -> MembershipRule.nextRefresh("customer-" + i, interval, day(0)) / DAY)
                        .distinct()
                        .count())
                .as("days on which a thousand customers are refreshed")
                .isGreaterThan(300);
    }

    @Test
    void shouldAddUpOverErasuresAndNeverLetAMemberGoStale() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = new RandomHistory(seed);
            var policy = Policies.countingAt(OrderStatus.PAID);
            var folded = new FoldedCustomer(policy);
            var events = history.orderly();
            int erased = events.size() / 3 + (int) history.below(events.size() / 2 + 1);
            for (int i = 0; i < events.size(); i++) {
                folded.apply(events.get(i));
                if (history.chance(0.2)) {
                    folded.reload();
                }
                if (i == erased) {
                    folded.apply(erasure(events.get(i).occurredAt()));
                    assertThat(folded.decisions().audience().members()).isEmpty();
                }
            }
            long erasedAt = erased < events.size() ? events.get(erased).occurredAt() : 0;
            var left = events.stream()
                    .filter(event -> event.occurredAt() > erasedAt)
                    .toList();
            long end = history.end();
            folded.at(end);
            assertThat(folded.decisions().audience().members())
                    .as("seed " + seed)
                    .isEqualTo(AudienceOracle.members(policy, left, end));
            assertThat(longestUnsent(folded, "google", end)).as("seed " + seed).isLessThanOrEqualTo(20 * DAY);
            assertThat(longestUnsent(folded, "tiktok", end)).as("seed " + seed).isLessThanOrEqualTo(45 * DAY);
        }
    }

    @Test
    void shouldFollowAPolicyThatServesOtherPlatforms() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            var history = new RandomHistory(seed);
            var policy = Policies.countingAt(OrderStatus.PAID);
            var some =
                    new HashMap<Platform, Optional<Duration>>(policy.audiences().platforms());
            some.keySet().removeIf(platform -> history.chance(0.5));
            var changed = Policies.serving(policy, new AudienceRules(some, Optional.of("FR")));
            var folded = new FoldedCustomer(policy);
            var events = history.orderly();
            int change = (int) history.below(events.size());
            for (int i = 0; i < events.size(); i++) {
                if (i == change) {
                    folded.under(changed);
                }
                folded.apply(events.get(i));
            }
            long end = history.end();
            folded.at(end);
            var expected = new TreeMap<>(AudienceOracle.members(policy, events, end));
            expected.keySet()
                    .removeIf(key -> some.keySet().stream().noneMatch(platform -> key.startsWith(platform.id())));
            assertThat(folded.decisions().audience().members())
                    .as("seed " + seed)
                    .isEqualTo(expected);
        }
    }

    /** {@return milliseconds for which a member was at most not sent, in a history that came in order} */
    private static long longestUnsent(FoldedCustomer folded, String platform, long end) {
        var sent = new HashMap<String, Long>();
        long longest = 0;
        for (var change : folded.decisions().audience().changes()) {
            if (change.key().startsWith(platform) && change.value() != null) {
                var before = sent.remove(change.key());
                longest = Math.max(longest, before == null ? 0 : change.at() - before);
                if (change.value().getChange().name().equals("ADD")) {
                    sent.put(change.key(), change.at());
                }
            }
        }
        for (long at : sent.values()) {
            longest = Math.max(longest, end - at);
        }
        return longest;
    }

    private List<String> told() {
        return customer.decisions().audience().take();
    }

    private static Policy googleAlone() {
        return Policies.serving(
                Policies.countingAt(OrderStatus.PAID),
                new AudienceRules(Map.of(Platform.GOOGLE, Optional.empty()), Optional.empty()));
    }
}

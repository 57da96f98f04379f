package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.cancelled;
import static io.touchpoint.domain.customer.CustomerEvents.click;
import static io.touchpoint.domain.customer.CustomerEvents.consent;
import static io.touchpoint.domain.customer.CustomerEvents.contact;
import static io.touchpoint.domain.customer.CustomerEvents.day;
import static io.touchpoint.domain.customer.CustomerEvents.erasure;
import static io.touchpoint.domain.customer.CustomerEvents.line;
import static io.touchpoint.domain.customer.CustomerEvents.paid;
import static io.touchpoint.domain.customer.CustomerEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.audience.MembershipRule;
import io.touchpoint.domain.audience.Platform;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.AudienceRules;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.TicketStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each rule of membership: a case in which something is sent by it, and one in which nothing is. */
class MembershipRuleTest {

    private static final List<String> MAIL = List.of("c1@example.com");
    private static final Policy POLICY = Policies.serving(Policies.countingAt(OrderStatus.PAID), AudienceRules.DEFAULT);
    private static final CustomerEvent GRANTED = consent(AdConsent.GRANTED, day(0));
    private static final CustomerEvent MUG = paid("o1", day(1), line("mug", 1));

    private final FoldedCustomer customer = new FoldedCustomer(POLICY);

    @TestFactory
    Stream<DynamicTest> shouldSendWhatEachRuleSays() {
        return Arrays.stream(MembershipRule.values())
                .map(rule -> DynamicTest.dynamicTest(
                        rule + ": " + rule.applies(), () -> new MembershipRuleTest().applies(rule)));
    }

    @TestFactory
    Stream<DynamicTest> shouldSendNothingWhereNoneApplies() {
        return Arrays.stream(MembershipRule.values())
                .map(rule -> DynamicTest.dynamicTest(
                        rule + ": " + rule.otherwise(), () -> new MembershipRuleTest().otherwise(rule)));
    }

    private void applies(MembershipRule rule) {
        switch (rule) {
            case SUPPRESSED -> {
                customer.after(GRANTED, MUG);
                assertThat(told()).containsExactlyElementsOf(everywhere("1: ", "SKU|mug ADD SUPPRESSED 1+0"));
                customer.after(cancelled("o1", day(2)));
                assertThat(told()).containsExactlyElementsOf(everywhere("2: ", "SKU|mug REMOVE LIFTED 1+0"));
            }
            case ADDRESS_NEEDED -> {
                customer.after(contact(AdConsent.GRANTED, day(0), MAIL, List.of("12"), Map.of()), MUG);
                assertThat(told()).containsExactlyElementsOf(everywhere("1: ", "SKU|mug ADD SUPPRESSED 1+0"));
                assertThat(customer.decisions().audience().dropped()).hasSize(4).containsEntry(Platform.GOOGLE, 1);
            }
            case CONSENT_NEEDED -> {
                customer.after(GRANTED, MUG);
                assertThat(told()).hasSize(4);
                customer.after(consent(AdConsent.UNKNOWN, day(2)));
                assertThat(told()).as("unknown leaves the last clear word").isEmpty();
                var toMeta = Map.of("Meta", AdConsent.GRANTED, "google", AdConsent.UNKNOWN);
                var other = new FoldedCustomer(POLICY)
                        .after(MUG, contact(AdConsent.UNKNOWN, day(2), MAIL, List.of(), toMeta));
                assertThat(other.decisions().audience().take())
                        .containsExactly("2: meta SKU|mug ADD CONSENT_GRANTED 1+0");
            }
            case DENIAL_PREVAILS -> {
                customer.after(MUG, contact(AdConsent.GRANTED, day(2), MAIL, List.of(), denied("meta")));
                assertThat(told())
                        .containsExactly(
                                "2: google SKU|mug ADD CONSENT_GRANTED 1+0",
                                "2: tiktok SKU|mug ADD CONSENT_GRANTED 1+0",
                                "2: yandex SKU|mug ADD CONSENT_GRANTED 1+0");
                customer.after(consent(AdConsent.DENIED, day(3)));
                assertThat(told())
                        .containsExactly(
                                "3: google SKU|mug REMOVE CONSENT_REVOKED 1+0",
                                "3: tiktok SKU|mug REMOVE CONSENT_REVOKED 1+0",
                                "3: yandex SKU|mug REMOVE CONSENT_REVOKED 1+0");
            }
            case CONTACT_CHANGED -> {
                customer.after(GRANTED, MUG);
                told();
                customer.after(contact(AdConsent.GRANTED, day(2), List.of("new@example.com"), List.of(), Map.of()));
                var lines = everywhere("2: ", "SKU|mug REMOVE CONTACT_CHANGED 1+0");
                lines = Stream.concat(lines.stream(), everywhere("2: ", "SKU|mug ADD CONTACT_CHANGED 1+0").stream())
                        .toList();
                assertThat(told()).containsExactlyElementsOf(lines);
            }
            case REFRESHED -> {
                customer.after(GRANTED, ticket("t1", TicketStatus.OPENED, day(1)))
                        .at(day(550));
                assertThat(told())
                        .filteredOn(line -> line.contains("google"))
                        .hasSizeBetween(2, 3)
                        .last()
                        .asString()
                        .endsWith("google ALL| ADD REFRESHED 1+0");
            }
            case ERASED -> {
                customer.after(GRANTED, MUG, ticket("t1", TicketStatus.OPENED, day(2)));
                told();
                customer.after(erasure(day(3)));
                var lines = told();
                assertThat(lines)
                        .hasSize(16)
                        .startsWith(
                                "3: google SKU|mug REMOVE ERASED 1+0",
                                "3: google SKU|mug forgotten",
                                "3: google ALL| REMOVE ERASED 1+0",
                                "3: google ALL| forgotten",
                                "3: meta SKU|mug REMOVE ERASED 1+0");
                assertThat(customer.decisions().audience().members()).isEmpty();
            }
            case PLATFORM_OFF -> {
                customer.after(GRANTED, MUG);
                told();
                customer.under(withoutMeta()).after(click("k1", day(2)));
                assertThat(told()).containsExactly("2: meta SKU|mug REMOVE PLATFORM_OFF 1+0");
                customer.under(POLICY).after(click("k2", day(3)));
                assertThat(told()).containsExactly("3: meta SKU|mug ADD PLATFORM_ON 1+0");
            }
        }
    }

    private void otherwise(MembershipRule rule) {
        switch (rule) {
            case SUPPRESSED -> {
                customer.after(GRANTED, MUG);
                told();
                customer.after(paid("o2", day(2), line("mug", 1)), cancelled("o1", day(3)));
                assertThat(told()).isEmpty();
                assertThat(customer.decisions().audience().members()).hasSize(4);
            }
            case ADDRESS_NEEDED -> {
                customer.after(contact(AdConsent.GRANTED, day(0), List.of(), List.of("12"), Map.of()), MUG);
                assertThat(told()).isEmpty();
            }
            case CONSENT_NEEDED -> {
                customer.after(consent(AdConsent.UNKNOWN, day(0)), MUG);
                assertThat(told()).isEmpty();
            }
            case DENIAL_PREVAILS -> {
                var toMeta = Map.of("meta", AdConsent.GRANTED);
                customer.after(contact(AdConsent.DENIED, day(0), MAIL, List.of(), toMeta), MUG);
                assertThat(customer.suppression("ALL|").getReasons()).containsExactly("OPTED_OUT");
                assertThat(told()).isEmpty();
            }
            case CONTACT_CHANGED -> {
                customer.after(
                        contact(AdConsent.GRANTED, day(0), MAIL, List.of("030 1234567", "+49 30 7654321"), Map.of()),
                        MUG);
                told();
                customer.after(contact(
                        AdConsent.GRANTED,
                        day(2),
                        List.of(" C1@EXAMPLE.com "),
                        List.of("+49 (30) 7654321", "0049 30 1234567"),
                        Map.of()));
                assertThat(told()).isEmpty();
            }
            case REFRESHED -> {
                customer.after(GRANTED, ticket("t1", TicketStatus.OPENED, day(1)))
                        .at(day(2_000));
                assertThat(told())
                        .filteredOn(line -> line.contains("meta"))
                        .containsExactly("1: meta ALL| ADD SUPPRESSED 1+0");
            }
            case ERASED -> {
                customer.after(consent(AdConsent.DENIED, day(0)), MUG, erasure(day(3)));
                assertThat(told()).isEmpty();
            }
            case PLATFORM_OFF -> {
                customer.after(GRANTED, MUG);
                told();
                customer.under(withoutMeta()).after(click("k1", day(2)));
                assertThat(told()).noneMatch(line -> line.contains("google"));
            }
        }
    }

    private List<String> told() {
        return customer.decisions().audience().take();
    }

    private static List<String> everywhere(String before, String after) {
        return Arrays.stream(Platform.values())
                .map(platform -> before + platform.id() + " " + after)
                .toList();
    }

    private static Map<String, AdConsent> denied(String platform) {
        return Map.of(platform, AdConsent.DENIED);
    }

    private static Policy withoutMeta() {
        var some = new HashMap<>(AudienceRules.DEFAULT.platforms());
        some.remove(Platform.META);
        return Policies.serving(POLICY, new AudienceRules(some, AudienceRules.DEFAULT.defaultRegion()));
    }
}

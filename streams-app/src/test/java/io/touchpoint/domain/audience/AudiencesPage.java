package io.touchpoint.domain.audience;

import io.touchpoint.domain.audience.AddressRule.Example;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes docs/audiences.md from the declarations of the rules. */
final class AudiencesPage {

    private final StringBuilder page = new StringBuilder();

    private AudiencesPage() {}

    static String text() {
        var page = new AudiencesPage();
        page.introduction();
        page.platforms();
        page.membership();
        page.addresses();
        page.changes();
        return page.page.toString();
    }

    private void introduction() {
        page.append("""
                <!-- Generated from the declarations in io.touchpoint.domain.audience; do not edit. -->
                # Audiences

                Whom an ad platform is to spare, as it is told: every suppression is an audience to exclude, and its members are customers under
                the hashes of their addresses. This page is written from the rules in the code, and each example on it is a test.

                """);
    }

    private void platforms() {
        line("## Platforms");
        line("");
        line("Served are those that the policy file names under `audiences`, all of them unless it says otherwise.");
        line("");
        line(
                "| platform | forgets what it is not sent for | so members are sent again every (`refresh`, may be changed) |");
        line("| --- | --- | --- |");
        for (var platform : Platform.values()) {
            line("| `" + platform.id() + "` | "
                    + platform.forgetsAfter()
                            .map(time -> time.toDays() + " days")
                            .orElse("never") + " | "
                    + platform.refreshAfter()
                            .map(time -> time.toDays() + " days")
                            .orElse("not needed") + " |");
        }
        line("");
    }

    private void membership() {
        line("## Who is a member");
        line("");
        line("| rule | something is sent | nothing is |");
        line("| --- | --- | --- |");
        for (var rule : MembershipRule.values()) {
            line("| **" + name(rule) + "**: " + rule.text() + " | " + rule.applies() + " | " + rule.otherwise() + " |");
        }
        line("");
    }

    private void addresses() {
        line("## Under which addresses");
        line("");
        line(
                "An address goes through the rules of its platform in this order. What is left is hashed: SHA-256 of its UTF-8, no salt, in lower-case"
                        + " hexadecimal. What is dropped is counted (metric `touchpoint_addresses_dropped_total`), never hashed. What is"
                        + " kept of an address is what the rules of all platforms make of it, so that a later release or another default-region"
                        + " never reads anew what was sent before.");
        line("");
        line("| rule | of | on | example | and |");
        line("| --- | --- | --- | --- | --- |");
        for (var rule : AddressRule.values()) {
            line("| **" + name(rule) + "**: " + rule.text() + " | " + kind(rule) + " | " + platforms(rule) + " | "
                    + example(rule.applies()) + " | " + example(rule.otherwise()) + " |");
        }
        line("");
    }

    private void changes() {
        page.append("""
                ## What the topic says

                `touchpoint.audience-changes.v1` has an ADD or a REMOVE per platform, customer and scope, with the exact hashes. The newest record of a
                key says all that is to be a member of it. `revision` grows with every change of a customer, also across an erasure; it is
                close to the customer's time in milliseconds, so it grows as well when all is read again from the beginning.

                Whatever the order in which events arrive within seven days, the members at the end are the same. What was said on the way is not:
                a late event may lead to a removal and an addition that in order would not have been, and revisions, times and causes tell
                the way. A replay goes by the time of the events, so there all is the same to the byte.

                Two customers may share an address. Changes are per customer: who delivers them counts the owners of a hash in an audience and
                removes it with the last one.
                """);
    }

    private static String kind(AddressRule rule) {
        return switch (rule.kind()) {
            case EMAIL -> "e-mail";
            case PHONE -> "telephone";
            case ANY -> "both";
        };
    }

    private static String platforms(AddressRule rule) {
        return rule.platforms().size() == Platform.values().length
                ? "all"
                : rule.platforms().stream().sorted().map(Platform::id).collect(Collectors.joining(", "));
    }

    private static String example(Example example) {
        return "`" + example.given().replace(' ', '\u00b7') + "`"
                + (example.country().isEmpty() ? "" : " in " + example.country()) + " on "
                + example.platform().id()
                + (example.form() == null ? " is dropped" : " becomes `" + example.form() + "`");
    }

    private static String name(Enum<?> rule) {
        var words = Arrays.stream(rule.name().split("_"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}

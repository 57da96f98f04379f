package io.touchpoint.domain.audience;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.audience.AddressRule.Example;
import io.touchpoint.domain.audience.AddressRule.Kind;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.serdes.TrustedRecords;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of addresses: the examples of each rule, the hashes that platforms publish, and what others got wrong. */
class AddressRuleTest {

    static {
        TrustedRecords.trust();
    }

    @TestFactory
    Stream<DynamicTest> shouldBringTheExampleOfEachRuleIntoItsForm() {
        return Arrays.stream(AddressRule.values()).map(rule -> test(rule, rule.applies()));
    }

    @TestFactory
    Stream<DynamicTest> shouldDropOrLeaveAloneWhatARuleIsNotMeantFor() {
        return Arrays.stream(AddressRule.values()).map(rule -> test(rule, rule.otherwise()));
    }

    private static DynamicTest test(AddressRule rule, Example example) {
        return DynamicTest.dynamicTest(rule + " on " + example.platform() + ": '" + example.given() + "'", () -> {
            for (var kind : rule.kind() == Kind.ANY ? List.of(Kind.EMAIL) : List.of(rule.kind())) {
                assertThat(form(example.platform(), kind, example.country(), example.given()))
                        .isEqualTo(example.form());
            }
        });
    }

    @Test
    void shouldTellTheTwoExamplesOfEachRuleApart() {
        for (var rule : AddressRule.values()) {
            assertThat(rule.applies().form()).as(rule.name()).isNotNull();
            assertThat(rule.applies()).as(rule.name()).isNotEqualTo(rule.otherwise());
            assertThat(rule.platforms()).as(rule.name()).contains(rule.applies().platform());
        }
    }

    /**
     * Hashes of Yandex's own examples (their MD5 forms are on its page about contact data, the same texts are hashed here by SHA-256), of the example of Google's guide to
     * customer lists, and of Meta's form of the same address.
     */
    @ParameterizedTest
    @CsvSource({
        "YANDEX, PHONE, +7 999 555-11-11, 22846ab8f79870871eb44f653419a4a5069301827d8ae75b6c2a88e4989a364e",
        "META, PHONE, +7 999 555-11-11, 22846ab8f79870871eb44f653419a4a5069301827d8ae75b6c2a88e4989a364e",
        "GOOGLE, PHONE, +7 999 555-11-11, 86cc60992d2e0fde2e5511d462b755057f8f5c6b259a1ff7c2eee2ea284eb113",
        "TIKTOK, PHONE, +7 999 555-11-11, 86cc60992d2e0fde2e5511d462b755057f8f5c6b259a1ff7c2eee2ea284eb113",
        "YANDEX, EMAIL, Mail@Yandex.ru, bd93ea95f242f02313eccf0ab0bb7fe5121a052de42d2cb7bd332fb9f537cbfa",
        "GOOGLE, EMAIL, Jane.Doe+promo@gmail.com, d6117306485ed0e50afab3ac871e98f81699151f30281527d63ff5f233656c69",
        "META, EMAIL, Jane.Doe+promo@gmail.com, 5f0d1df1fc49e30424381b57b1d4c73e067772a4267dde043a19b026935602c8",
        "TIKTOK, EMAIL, Jane.Doe+promo@gmail.com, 5f0d1df1fc49e30424381b57b1d4c73e067772a4267dde043a19b026935602c8"
    })
    void shouldHashAsThePlatformsDo(Platform platform, Kind kind, String given, String hash) {
        var kept = kept(kind, "RU", given);
        var hashes = new Identities(kept.emails(), kept.phones()).on(platform);

        assertThat(kind == Kind.EMAIL ? hashes.emails() : hashes.phones()).containsExactly(hash);
        assertThat(kind == Kind.EMAIL ? hashes.phones() : hashes.emails()).isEmpty();
    }

    /** What is known to go wrong elsewhere: the first dot alone, domains that only begin like the right one, white space of other alphabets. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GOOGLE, EMAIL, a.b.c.d@googlemail.com, abcd@googlemail.com",
                "GOOGLE, EMAIL, a.b@mail.gmail.com, a.b@mail.gmail.com",
                "GOOGLE, EMAIL, +promo@gmail.com, -",
                "GOOGLE, EMAIL, ...@gmail.com, -",
                "GOOGLE, EMAIL, ' \u00a0jane\u2003doe@example.com\u00a0', janedoe@example.com",
                "META, EMAIL, '\u00a0jane@example.com\u2003', jane@example.com",
                "META, EMAIL, jane@@example.com, -",
                "META, EMAIL, jane@example..com, -",
                "META, EMAIL, jane@example.com., -",
                "META, EMAIL, @example.com, -",
                "TIKTOK, EMAIL, ABCDEF, -",
                "META, PHONE, +0000000000, -",
                "META, PHONE, 1-800-FLOWERS, -",
                "META, PHONE, +1-800-356-9377, 18003569377",
                "GOOGLE, PHONE, +44 20 7946 0018 ext. 5, +442079460018",
                "GOOGLE, PHONE, 0044 20 7946 0018, +442079460018",
                "YANDEX, PHONE, '', -",
                "YANDEX, PHONE, nobody, -"
            })
    void shouldNotRepeatKnownMistakes(Platform platform, Kind kind, String given, String form) {
        assertThat(form(platform, kind, "GB", given)).isEqualTo(form);
    }

    @Test
    void shouldReadNumbersAsInTheCountryOfTheContactElseInTheConfiguredOne() {
        assertThat(phones(null, "GB")).containsExactly("+442079460018");
        assertThat(phones(null, " gb ")).containsExactly("+442079460018");
        assertThat(phones("GB", "somewhere")).containsExactly("+442079460018");
        assertThat(phones("GB", "")).containsExactly("+442079460018");
        assertThat(phones(null, "somewhere")).isEmpty();
        assertThat(phones("GB", "FR")).as("the contact says where it is").isEmpty();
    }

    private static List<String> phones(String defaultRegion, String country) {
        return new ContactNormaliser(defaultRegion)
                .kept(contact(country, List.of(), List.of("020 7946 0018")))
                .phones();
    }

    @Test
    void shouldLowerCaseTheSameWhateverTheLanguageOfTheMachine() {
        var language = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(form(Platform.META, Kind.EMAIL, "", "IRIS@EXAMPLE.COM")).isEqualTo("iris@example.com");
        } finally {
            Locale.setDefault(language);
        }
    }

    @Test
    void shouldPassAHashedAddressToEveryPlatformAndNeverHashItAgain() {
        var hash = "BD93EA95F242F02313ECCF0AB0BB7FE5121A052DE42D2CB7BD332FB9F537CBFA";
        var kept = new ContactNormaliser(null).kept(contact("DE", List.of(hash), List.of(hash)));
        var identities = new Identities(kept.emails(), kept.phones());
        for (var platform : Platform.values()) {
            var hashes = identities.on(platform);
            assertThat(hashes.emails()).containsExactly(hash.toLowerCase(Locale.ROOT));
            assertThat(hashes.phones()).containsExactly(hash.toLowerCase(Locale.ROOT));
        }
        assertThat(form(Platform.META, Kind.EMAIL, "", hash + "0"))
                .as("65 digits")
                .isNull();
    }

    @Test
    void shouldCountWhatIsOfNoUseByPlatform() {
        var kept = new ContactNormaliser(null)
                .kept(contact("DE", List.of("a b@example.com", "", "ok@example.com"), List.of("12")));

        assertThat(kept.dropped(Platform.GOOGLE)).isEqualTo(2);
        assertThat(kept.dropped(Platform.META)).isEqualTo(3);
    }

    @Test
    void shouldKeepAnAddressOnceHoweverItIsSpelled() {
        var kept = new ContactNormaliser(null)
                .kept(contact(
                        "GB", List.of("A@example.com", "a@example.com "), List.of("020 7946 0018", "+442079460018")));

        assertThat(kept.emails()).containsExactly("a@example.com");
        assertThat(kept.phones()).containsExactly("+442079460018");
        assertThat(kept.refused()).isZero();
    }

    @Test
    void shouldGiveWhatIsKeptTheSameFormAgain() {
        var normaliser = new ContactNormaliser("GB");
        for (var rule : AddressRule.values()) {
            for (var example : List.of(rule.applies(), rule.otherwise())) {
                var given = contact(example.country(), List.of(example.given()), List.of(example.given()));
                var kept = normaliser.kept(given);
                var again = normaliser.kept(contact("FR", kept.emails(), kept.phones()));
                assertThat(new HashSet<>(again.emails())).isEqualTo(new HashSet<>(kept.emails()));
                assertThat(again.phones()).isEqualTo(kept.phones());
            }
        }
    }

    private static String form(Platform platform, Kind kind, String country, String given) {
        var kept = kept(kind, country, given);
        var of = kind == Kind.EMAIL ? kept.emails() : kept.phones();
        return of.isEmpty() ? null : ContactNormaliser.form(platform, kind, of.get(0));
    }

    private static ContactNormaliser.Kept kept(Kind kind, String country, String given) {
        return new ContactNormaliser(null)
                .kept(contact(
                        country,
                        kind == Kind.EMAIL ? List.of(given) : List.of(),
                        kind == Kind.PHONE ? List.of(given) : List.of()));
    }

    private static CustomerContact contact(String country, List<String> emails, List<String> phones) {
        return new CustomerContact(
                "e", "c", Instant.EPOCH, "test", emails, phones, country, AdConsent.GRANTED, Map.of(), Instant.EPOCH);
    }
}

package io.touchpoint.domain.audience;

import static io.touchpoint.domain.audience.Platform.GOOGLE;
import static io.touchpoint.domain.audience.Platform.META;
import static io.touchpoint.domain.audience.Platform.TIKTOK;
import static io.touchpoint.domain.audience.Platform.YANDEX;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * How an address comes to the form that a platform hashes. This is the one declaration of each rule: addresses go through them in this order, the page for marketers is
 * written from them, and tests run their examples.
 *
 * <p>Sources: the help pages and client libraries of the platforms on customer lists (Google Customer Match, Meta Custom Audiences, TikTok segments, Yandex Audience).
 */
public enum AddressRule {
    TRIMMED(
            Kind.ANY,
            "White space before and after an address is removed. Where nothing is left, there is no address.",
            AddressForms::trimmed,
            example(META, "  anna@example.com ", "anna@example.com"),
            example(META, "   ", null)),
    HASHED(
            Kind.ANY,
            "64 hexadecimal digits are an address that was hashed before: it goes out as it is, in lower case, to every platform, and no"
                    + " other rule applies. The hash of nothing is dropped: it would stand for everybody without an address.",
            AddressForms::hashed,
            example(
                    YANDEX,
                    "BD93EA95F242F02313ECCF0AB0BB7FE5121A052DE42D2CB7BD332FB9F537CBFA",
                    "bd93ea95f242f02313eccf0ab0bb7fe5121a052de42d2cb7bd332fb9f537cbfa"),
            example(YANDEX, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", null)),
    LOWER_CASE(
            Kind.EMAIL,
            "Letters become lower case, in the same way whatever the language of the machine.",
            AddressForms::lowerCase,
            example(META, "IRIS@EXAMPLE.COM", "iris@example.com"),
            example(META, "iris@example.com", "iris@example.com")),
    EMAIL_ADDRESS(
            Kind.EMAIL,
            "An e-mail address is a name, one @, and a domain with a dot in it. Anything else is dropped.",
            AddressForms::email,
            example(META, "anna@example.com", "anna@example.com"),
            example(META, "anna@example", null)),
    NO_WHITE_SPACE(
            Kind.EMAIL,
            EnumSet.of(GOOGLE),
            "White space within is removed too.",
            AddressForms::withoutSpace,
            example(GOOGLE, "jane doe@example.com", "janedoe@example.com"),
            example(META, "jane doe@example.com", null)),
    GMAIL(
            Kind.EMAIL,
            EnumSet.of(GOOGLE),
            "Of gmail.com and googlemail.com all dots of the name, and from a + on the rest of it, are left out; of other domains nothing is.",
            AddressForms::gmail,
            example(GOOGLE, "Jane.Doe+promo@gmail.com", "janedoe@gmail.com"),
            example(GOOGLE, "Jane.Doe+promo@gmailx.com", "jane.doe+promo@gmailx.com")),
    ONE_WORD(
            Kind.EMAIL,
            EnumSet.of(META, TIKTOK, YANDEX),
            "An address with white space within is dropped.",
            AddressForms::oneWord,
            example(TIKTOK, "Jane.Doe+promo@gmail.com", "jane.doe+promo@gmail.com"),
            example(TIKTOK, "jane doe@example.com", null)),
    LATIN(
            Kind.EMAIL,
            EnumSet.of(YANDEX),
            "An address with other than Latin letters is dropped.",
            AddressForms::latin,
            example(YANDEX, "Mail@Yandex.ru", "mail@yandex.ru"),
            example(YANDEX, "\u043f\u043e\u0447\u0442\u0430@yandex.ru", null)),
    PHONE_NUMBER(
            "A telephone number is read with Google's libphonenumber: one that does not begin with a country code as it is dialled in the"
                    + " country of the contact, else in the configured default-region. What is no valid number, or can only be guessed, is"
                    + " dropped. An extension is left out.",
            AddressForms::phone,
            example(GOOGLE, "GB", "(020) 7946 0018", "+442079460018"),
            example(GOOGLE, "GB", "12", null)),
    WITH_PLUS(
            Kind.PHONE,
            EnumSet.of(GOOGLE, TIKTOK),
            "The number with its country code, with the + before it (E.164).",
            AddressForms::withPlus,
            example(TIKTOK, "RU", "8 (999) 555-11-11", "+79995551111"),
            example(META, "RU", "8 (999) 555-11-11", "79995551111")),
    DIGITS(
            Kind.PHONE,
            EnumSet.of(META, YANDEX),
            "The number with its country code, digits only: no + and no leading zeros.",
            AddressForms::digits,
            example(YANDEX, "", "+7 999 555-11-11", "79995551111"),
            example(YANDEX, "", "8 (999) 555-11-11", null));

    /** What a rule is about. */
    public enum Kind {
        /** E-mail addresses. */
        EMAIL,
        /** Telephone numbers. */
        PHONE,
        /** Both. */
        ANY;

        boolean covers(Kind other) {
            return this == ANY || this == other;
        }
    }

    /**
     * What becomes of an address on a platform.
     *
     * @param country the country of the contact, may be empty
     * @param form what is hashed, null when it is dropped
     */
    public record Example(Platform platform, String country, String given, String form) {}

    private final Kind kind;
    private final boolean general;
    private final Set<Platform> platforms;
    private final String text;
    private final BinaryOperator<String> step;
    private final Example applies;
    private final Example otherwise;

    AddressRule(Kind kind, String text, UnaryOperator<String> step, Example applies, Example otherwise) {
        this(
                kind,
                true,
                EnumSet.allOf(Platform.class),
                text,
                (address, region) -> step.apply(address),
                applies,
                otherwise);
    }

    AddressRule(
            Kind kind,
            Set<Platform> platforms,
            String text,
            UnaryOperator<String> step,
            Example applies,
            Example otherwise) {
        this(kind, false, platforms, text, (address, region) -> step.apply(address), applies, otherwise);
    }

    /** A rule of telephone numbers, which are read by region. */
    AddressRule(String text, BinaryOperator<String> step, Example applies, Example otherwise) {
        this(Kind.PHONE, true, EnumSet.allOf(Platform.class), text, step, applies, otherwise);
    }

    AddressRule(
            Kind kind,
            boolean general,
            Set<Platform> platforms,
            String text,
            BinaryOperator<String> step,
            Example applies,
            Example otherwise) {
        this.kind = kind;
        this.general = general;
        this.platforms = platforms;
        this.text = text;
        this.step = step;
        this.applies = applies;
        this.otherwise = otherwise;
    }

    private static Example example(Platform platform, String given, String form) {
        return new Example(platform, "", given, form);
    }

    private static Example example(Platform platform, String country, String given, String form) {
        return new Example(platform, country, given, form);
    }

    /** {@return what it is about} */
    public Kind kind() {
        return kind;
    }

    /** {@return where it applies} */
    public Set<Platform> platforms() {
        return Set.copyOf(platforms);
    }

    /** {@return the rule in words} */
    public String text() {
        return text;
    }

    /** {@return an address to which it applies} */
    public Example applies() {
        return applies;
    }

    /** {@return an address that it drops or leaves as it is} */
    public Example otherwise() {
        return otherwise;
    }

    boolean general() {
        return general;
    }

    boolean appliesOn(Platform platform) {
        return platforms.contains(platform);
    }

    String apply(String address, String region) {
        return step.apply(address, region);
    }
}

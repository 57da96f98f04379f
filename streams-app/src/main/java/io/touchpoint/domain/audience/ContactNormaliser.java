package io.touchpoint.domain.audience;

import io.touchpoint.domain.audience.AddressRule.Kind;
import io.touchpoint.records.CustomerContact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Brings addresses into the form that a platform hashes, by the rules of {@link AddressRule}.
 *
 * <p>In two steps: the rules that hold everywhere make of an address what is kept of it, and those of a platform make its form of that. Only the first step reads
 * telephone numbers, so what was sent can be told from what is kept, whatever a newer library or another default region would read.
 */
public final class ContactNormaliser {

    private static final AddressRule[] RULES = AddressRule.values();

    private final String defaultRegion;

    /** @param defaultRegion ISO 3166-1 alpha-2 region of numbers whose contact names no country that is known, null to drop these */
    public ContactNormaliser(String defaultRegion) {
        this.defaultRegion = defaultRegion;
    }

    /**
     * What is kept of a contact record.
     *
     * @param refused how many addresses no platform takes
     */
    public record Kept(List<String> emails, List<String> phones, int refused) {

        /** {@return how many addresses of the record are dropped on a platform} */
        public int dropped(Platform platform) {
            return refused + refused(platform, Kind.EMAIL, emails) + refused(platform, Kind.PHONE, phones);
        }

        private static int refused(Platform platform, Kind kind, List<String> kept) {
            int count = 0;
            for (var address : kept) {
                count += form(platform, kind, address) == null ? 1 : 0;
            }
            return count;
        }
    }

    /** {@return what is kept of a contact record: each address once, in the order of the record} */
    public Kept kept(CustomerContact contact) {
        return kept(contact.getEmails(), contact.getPhones(), contact.getCountry());
    }

    /** {@return what is kept of these addresses of somebody in this country} */
    public Kept kept(List<String> givenEmails, List<String> givenPhones, String country) {
        var region = AddressForms.region(country);
        var numbersOf = region == null ? defaultRegion : region;
        var emails = kept(Kind.EMAIL, givenEmails, numbersOf);
        var phones = kept(Kind.PHONE, givenPhones, numbersOf);
        int refused = emails.refused + phones.refused;
        return new Kept(new ArrayList<>(emails.addresses), new ArrayList<>(phones.addresses), refused);
    }

    private record Taken(Collection<String> addresses, int refused) {}

    private static Taken kept(Kind kind, List<String> given, String region) {
        var addresses = new LinkedHashSet<String>();
        int refused = 0;
        for (var address : given) {
            var kept = apply(kind, null, address, region);
            if (kept == null) {
                refused++;
            } else {
                addresses.add(kept);
            }
        }
        return new Taken(addresses, refused);
    }

    /** {@return what a platform hashes of an address that is kept, null when it takes none such} */
    static String form(Platform platform, Kind kind, String kept) {
        return apply(kind, platform, kept, null);
    }

    /** @param platform whose rules to apply, null for those that hold everywhere */
    private static String apply(Kind kind, Platform platform, String given, String region) {
        var address = given;
        boolean general = platform == null;
        for (var rule : RULES) {
            if (rule.general() == general && rule.kind().covers(kind) && (general || rule.appliesOn(platform))) {
                if (rule.compareTo(AddressRule.HASHED) > 0 && AddressForms.isHash(address)) {
                    return address;
                }
                address = rule.apply(address, region);
                if (address == null) {
                    return null;
                }
            }
        }
        return address;
    }
}

package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.AdConsent;
import io.touchpoint.records.CustomerContact;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who is a member of which audience at an instant, recomputed from all events of a customer. The forms of the addresses are written out, not computed. */
final class AudienceOracle {

    static final String HASHED = "BD93EA95F242F02313ECCF0AB0BB7FE5121A052DE42D2CB7BD332FB9F537CBFA";

    private static final List<String> PLATFORMS = List.of("google", "meta", "tiktok", "yandex");

    /** Of each address what the four platforms hash; null where it is of no use. */
    private static final Map<String, List<String>> FORMS = new TreeMap<>();

    static {
        form("c1@example.com", "c1@example.com", "c1@example.com", "c1@example.com", "c1@example.com");
        form(" C1@Example.com", "c1@example.com", "c1@example.com", "c1@example.com", "c1@example.com");
        form("C.1+news@gmail.com", "c1@gmail.com", "c.1+news@gmail.com", "c.1+news@gmail.com", "c.1+news@gmail.com");
        form("c 1@example.com", "c1@example.com", null, null, null);
        form("nobody", null, null, null, null);
        form("+49 30 1234567", "+49301234567", "49301234567", "+49301234567", "49301234567");
        form("030/1234567", "+49301234567", "49301234567", "+49301234567", "49301234567");
        form("12", null, null, null, null);
    }

    private AudienceOracle() {}

    private static void form(String address, String... forms) {
        FORMS.put(address, Arrays.asList(forms));
    }

    static Map<String, Set<String>> members(Policy policy, Collection<CustomerEvent> history, long clock) {
        var expected = new TreeMap<String, Set<String>>();
        var general = AdConsent.UNKNOWN;
        CustomerContact newest = null;
        for (var event : new DistinctEvents(history).contacts()) {
            newest = event.body() instanceof CustomerContact contact ? contact : null;
            var word = newest == null ? AdConsent.DENIED : newest.getAdConsent();
            general = word == AdConsent.UNKNOWN ? general : word;
        }
        if (newest == null || general == AdConsent.DENIED) {
            return expected;
        }
        for (var platform : PLATFORMS) {
            var own = newest.getPlatformConsent().getOrDefault(platform, AdConsent.UNKNOWN);
            var hashes = hashes(newest, PLATFORMS.indexOf(platform));
            boolean may = own == AdConsent.GRANTED || own == AdConsent.UNKNOWN && general == AdConsent.GRANTED;
            if (may && !hashes.isEmpty()) {
                new SuppressionOracle(policy).at(history, clock).forEach((key, standing) -> {
                    if (standing.startsWith("ACTIVE")) {
                        expected.put(platform + "|" + key, hashes);
                    }
                });
            }
        }
        return expected;
    }

    private static Set<String> hashes(CustomerContact contact, int platform) {
        var hashes = new TreeSet<String>();
        for (var address : contact.getEmails()) {
            add(hashes, address, platform);
        }
        for (var address : contact.getPhones()) {
            add(hashes, address, platform);
        }
        return hashes;
    }

    private static void add(Set<String> hashes, String address, int platform) {
        if (address.equals(HASHED)) {
            hashes.add(HASHED.toLowerCase(Locale.ROOT));
        } else if (FORMS.get(address).get(platform) != null) {
            hashes.add(hash(FORMS.get(address).get(platform)));
        }
    }

    private static String hash(String form) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(form.getBytes(StandardCharsets.UTF_8));
            return "%064x".formatted(new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

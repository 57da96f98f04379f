package io.touchpoint.domain.audience;

import io.touchpoint.domain.audience.AddressRule.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As whom each platform knows one customer: SHA-256 of every address in the platform's form, without salt. Made when first asked for, each form hashed once.
 *
 * <p>Not thread-safe.
 */
public final class Identities {

    private static final Platform[] PLATFORMS = Platform.values();

    /**
     * The hashes of one platform, 64 lower-case hexadecimal digits each, sorted, no two equal.
     *
     * @param emails of e-mail addresses
     * @param phones of telephone numbers
     */
    public record Hashes(List<String> emails, List<String> phones) {

        /** {@return whether there is nothing to know the customer by} */
        public boolean isEmpty() {
            return emails.isEmpty() && phones.isEmpty();
        }
    }

    private final List<String> emails;
    private final List<String> phones;
    private final Hashes[] byPlatform = new Hashes[PLATFORMS.length];
    private final Map<String, String> hashes = new HashMap<>(4);
    private MessageDigest sha256;

    /**
     * @param emails as {@link ContactNormaliser#kept} keeps them
     * @param phones as {@link ContactNormaliser#kept} keeps them
     */
    public Identities(List<String> emails, List<String> phones) {
        this.emails = emails;
        this.phones = phones;
    }

    /** {@return the hashes by which a platform knows the customer; of more than {@link Platform#MOST_ADDRESSES} the first, e-mail addresses before numbers} */
    public Hashes on(Platform platform) {
        var known = byPlatform[platform.ordinal()];
        if (known == null) {
            var left = Platform.MOST_ADDRESSES;
            var ofEmails = forms(platform, Kind.EMAIL, emails, left);
            var ofPhones = forms(platform, Kind.PHONE, phones, left - ofEmails.size());
            known = new Hashes(hashed(ofEmails), hashed(ofPhones));
            byPlatform[platform.ordinal()] = known;
        }
        return known;
    }

    /** {@return the bits of the platforms that take any of the addresses} */
    public int platforms() {
        int bits = 0;
        for (var platform : PLATFORMS) {
            bits |= takes(platform, Kind.EMAIL, emails) || takes(platform, Kind.PHONE, phones) ? platform.bit() : 0;
        }
        return bits;
    }

    private static boolean takes(Platform platform, Kind kind, List<String> kept) {
        for (var address : kept) {
            if (ContactNormaliser.form(platform, kind, address) != null) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> forms(Platform platform, Kind kind, List<String> kept, int most) {
        var forms = new LinkedHashSet<String>();
        for (var address : kept) {
            var form = ContactNormaliser.form(platform, kind, address);
            if (form != null && forms.size() < most) {
                forms.add(form);
            }
        }
        return forms;
    }

    private List<String> hashed(Set<String> forms) {
        var sorted = new ArrayList<String>(forms.size());
        for (var form : forms) {
            var hash = AddressForms.isHash(form) ? form : hashes.computeIfAbsent(form, this::hash);
            if (!sorted.contains(hash)) {
                sorted.add(hash);
            }
        }
        sorted.sort(null);
        return sorted;
    }

    private String hash(String form) {
        if (sha256 == null) {
            try {
                sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
        return HexFormat.of().formatHex(sha256.digest(form.getBytes(StandardCharsets.UTF_8)));
    }
}

package io.touchpoint.domain.activation;

import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.MembershipChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Audience changes for tests. */
final class Changes {

    static final Instant DECIDED = Instant.parse("2026-03-01T12:00:00Z");

    private Changes() {}

    static AudienceChange add(String customer, long revision, String... addresses) {
        return change(customer, MembershipChange.ADD, revision, addresses);
    }

    static AudienceChange remove(String customer, long revision, String... addresses) {
        return change(customer, MembershipChange.REMOVE, revision, addresses);
    }

    static AudienceChange change(String customer, MembershipChange change, long revision, String... addresses) {
        return AudienceChange.newBuilder()
                .setCustomerId(customer)
                .setPlatform("google")
                .setScope("ALL")
                .setScopeValue("")
                .setChange(change)
                .setEmailHashes(Arrays.stream(addresses)
                        .filter(address -> !address.startsWith("+"))
                        .map(Changes::hash)
                        .toList())
                .setPhoneHashes(Arrays.stream(addresses)
                        .filter(address -> address.startsWith("+"))
                        .map(Changes::hash)
                        .toList())
                .setRevision(revision)
                .setDecidedAt(DECIDED)
                .build();
    }

    static String key(String customer) {
        return "google|" + customer + "|ALL|";
    }

    static Identifier email(String address) {
        return new Identifier(Identifier.Kind.EMAIL, hash(address));
    }

    static List<Identifier> emails(String... addresses) {
        return Arrays.stream(addresses).map(Changes::email).toList();
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

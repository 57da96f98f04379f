package io.touchpoint.domain.customer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The first 16 bytes of the SHA-256 of a customer id: the key of the state, which may outlive the customer's erasure as a marker. */
public final class CustomerHash {

    /** Bytes of a hash. */
    public static final int LENGTH = 16;

    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(CustomerHash::digest);

    private CustomerHash() {}

    /** {@return the hash of the id} */
    public static byte[] of(String customerId) {
        return Arrays.copyOf(SHA_256.get().digest(customerId.getBytes(StandardCharsets.UTF_8)), LENGTH);
    }

    /** {@return the hash in hexadecimal, as receipts of erasures have it} */
    public static String hex(String customerId) {
        return HexFormat.of().formatHex(of(customerId));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

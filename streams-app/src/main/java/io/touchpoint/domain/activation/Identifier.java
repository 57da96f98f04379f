package io.touchpoint.domain.activation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A hashed address, as platforms take it. It is written as the letter of its kind and the hash.
 *
 * @param hash SHA-256, 64 lower-case hexadecimal digits
 */
public record Identifier(Kind kind, String hash) implements Comparable<Identifier> {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-fA-F]{64}");

    /** What was hashed. */
    public enum Kind {
        EMAIL('E'),
        PHONE('P');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }

    /** Empty for whatever is no hash: it may be an address that somebody forgot to hash, and must go nowhere. */
    public static Optional<Identifier> of(Kind kind, String hash) {
        return SHA_256.matcher(hash).matches()
                ? Optional.of(new Identifier(kind, hash.toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** The inverse of {@link #text}. */
    public static Identifier parse(String text) {
        return new Identifier(text.charAt(0) == Kind.PHONE.letter ? Kind.PHONE : Kind.EMAIL, text.substring(1));
    }

    /** One line of 65 characters. */
    public String text() {
        return kind.letter + hash;
    }

    @Override
    public int compareTo(Identifier other) {
        return text().compareTo(other.text());
    }
}

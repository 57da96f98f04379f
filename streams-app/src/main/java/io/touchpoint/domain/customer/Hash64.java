package io.touchpoint.domain.customer;

/** FNV-1a over characters with a final avalanche: a cheap 64-bit identity, not for secrets. */
final class Hash64 {

    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Hash64() {}

    static long of(String text) {
        long hash = BASIS;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return avalanche(hash);
    }

    static long mix(long hash, long value) {
        return avalanche((hash ^ value) * PRIME);
    }

    private static long avalanche(long hash) {
        long h = hash ^ (hash >>> 33);
        h *= 0xff51afd7ed558ccdL;
        h ^= h >>> 33;
        h *= 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}

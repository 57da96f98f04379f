package io.touchpoint.domain.tally;

/**
 * From a long to a byte that is not 0, in two arrays: at most 24 bytes an entry, where a map of the library takes about 80. Open addressing with
 * linear probing; what is removed is closed up, so that nothing is left behind.
 */
final class ByteTable {

    private static final int SMALLEST = 1_024;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private long[] keys = new long[SMALLEST];
    private byte[] values = new byte[SMALLEST];
    private int size;

    /** {@return how many entries there are} */
    int size() {
        return size;
    }

    /**
     * Sets an entry.
     *
     * @param value not 0
     * @return what was there, 0 for nothing
     */
    byte put(long key, byte value) {
        if (value == 0) {
            throw new IllegalArgumentException("0 stands for nothing (expected: another value)");
        }
        int slot = slotOf(key);
        byte before = values[slot];
        keys[slot] = key;
        values[slot] = value;
        if (before == 0 && ++size > keys.length / 4 * 3) {
            grow();
        }
        return before;
    }

    /** {@return what was there, 0 for nothing; it is there no more} */
    byte remove(long key) {
        int slot = slotOf(key);
        byte before = values[slot];
        if (before != 0) {
            size--;
            closeUp(slot);
        }
        return before;
    }

    private void closeUp(int hole) {
        int mask = keys.length - 1;
        values[hole] = 0;
        int empty = hole;
        for (int slot = (hole + 1) & mask; values[slot] != 0; slot = (slot + 1) & mask) {
            int home = home(keys[slot]);
            if (((slot - home) & mask) >= ((slot - empty) & mask)) {
                keys[empty] = keys[slot];
                values[empty] = values[slot];
                values[slot] = 0;
                empty = slot;
            }
        }
    }

    private void grow() {
        var oldKeys = keys;
        var oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new byte[oldKeys.length * 2];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldValues[old] != 0) {
                int slot = slotOf(oldKeys[old]);
                keys[slot] = oldKeys[old];
                values[slot] = oldValues[old];
            }
        }
    }

    private int slotOf(long key) {
        int mask = keys.length - 1;
        int slot = home(key);
        while (values[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long key) {
        return (int) ((key * SPREAD) >>> 33) & (keys.length - 1);
    }
}

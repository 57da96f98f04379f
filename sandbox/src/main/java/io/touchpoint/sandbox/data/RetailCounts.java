package io.touchpoint.sandbox.data;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the lines of the retail file: {@code lines = sold + returned + Σ leftOut}.
 *
 * @param lines all lines
 * @param invoices all invoices, of unknown customers too
 * @param sold lines of orders
 * @param returned lines of returns
 * @param leftOut lines left out, each under its first reason
 * @param faults lines each reason applies to, whichever came first; a line may be here more than once
 */
public record RetailCounts(
        long lines,
        long invoices,
        long sold,
        long returned,
        Map<LineFault, Long> leftOut,
        Map<LineFault, Long> faults) {

    /** Copies the maps. */
    public RetailCounts {
        leftOut = Map.copyOf(leftOut);
        faults = Map.copyOf(faults);
    }

    /** Counts while the file is read. */
    static final class Tally {

        private final Map<LineFault, Long> leftOut = zeroes();
        private final Map<LineFault, Long> faults = zeroes();
        private long lines;
        private long sold;
        private long returned;

        /** Counts the line; true when it is an event. */
        boolean accepts(RetailLine line) {
            lines++;
            LineFault first = null;
            for (var fault : LineFault.values()) {
                if (fault.appliesTo(line)) {
                    faults.merge(fault, 1L, Long::sum);
                    first = first == null ? fault : first;
                }
            }
            if (first != null) {
                leftOut.merge(first, 1L, Long::sum);
            } else if (line.cancellation()) {
                returned++;
            } else {
                sold++;
            }
            return first == null;
        }

        RetailCounts total(long invoices) {
            return new RetailCounts(lines, invoices, sold, returned, leftOut, faults);
        }

        private static Map<LineFault, Long> zeroes() {
            var counts = new EnumMap<LineFault, Long>(LineFault.class);
            for (var fault : LineFault.values()) {
                counts.put(fault, 0L);
            }
            return counts;
        }
    }
}

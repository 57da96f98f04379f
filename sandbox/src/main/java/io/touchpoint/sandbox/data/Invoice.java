package io.touchpoint.sandbox.data;

import io.touchpoint.records.OrderLine;
import java.time.Instant;
import java.util.List;

/**
 * What a retail customer bought, or took back, at one time.
 *
 * @param number as published; starts with C when it takes back
 * @param customer identifier of the customer
 * @param at the earliest time of its lines
 * @param country ISO 3166-1 alpha-2 code, null where the file names none that has one
 * @param lines in the order of the file; the same product may be on several
 */
public record Invoice(String number, String customer, Instant at, String country, List<OrderLine> lines) {

    /** Whether it is a return. */
    public boolean takesBack() {
        return number.startsWith("C");
    }
}

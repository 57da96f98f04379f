package io.touchpoint.sandbox.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.commons.csv.CSVRecord;

/**
 * A line of the published file.
 *
 * @param quantity units, negative on cancellations
 * @param soldAt local time of the United Kingdom
 * @param price of one unit in GBP, as published
 * @param pence the price rounded half up to pence
 * @param customer empty when unknown
 */
record RetailLine(
        String invoice,
        String sku,
        int quantity,
        String soldAt,
        BigDecimal price,
        long pence,
        String customer,
        String country) {

    static RetailLine of(CSVRecord line) {
        var price = new BigDecimal(line.get(4));
        return new RetailLine(
                line.get(0),
                line.get(1),
                Integer.parseInt(line.get(2)),
                line.get(3),
                price,
                toPence(price),
                line.get(5),
                line.get(6));
    }

    /** Invoices that start with C take back; they do not say which invoice. */
    boolean cancellation() {
        return invoice.startsWith("C");
    }

    /** Prices are published with up to three digits; GBP has two. */
    private static long toPence(BigDecimal price) {
        return price.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}

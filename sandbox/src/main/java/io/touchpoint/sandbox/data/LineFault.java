package io.touchpoint.sandbox.data;

/** Why a line of the retail file is no event. Where several apply, the first one declared is the reason. */
public enum LineFault {
    /** Nobody knows who bought. */
    NO_CUSTOMER,
    /** A negative quantity on an invoice that is no cancellation: a correction of the stock. */
    STOCK_CORRECTION,
    /** A price of zero or less: gifts, write-offs and three adjustments of bad debt. */
    NO_PRICE,
    /** A price that is nothing when rounded to pence. */
    BELOW_A_PENNY;

    /** Whether it is so of that line. */
    boolean appliesTo(RetailLine line) {
        return switch (this) {
            case NO_CUSTOMER -> line.customer().isEmpty();
            case STOCK_CORRECTION -> line.quantity() < 0 && !line.cancellation();
            case NO_PRICE -> line.price().signum() <= 0;
            case BELOW_A_PENNY -> line.price().signum() > 0 && line.pence() == 0 && !line.cancellation();
        };
    }
}

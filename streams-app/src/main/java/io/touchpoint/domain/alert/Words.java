package io.touchpoint.domain.alert;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes numbers for people, the same on every machine. */
final class Words {
    private static final int DECIMALS = 2;

    private Words() {}

    /** At most two decimals, and none that say nothing. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}

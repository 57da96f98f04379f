package io.touchpoint.domain.churn;

/**
 * All that the models need to know of one customer, in weeks and major units.
 *
 * @param x purchase days after the first, 0 or more
 * @param tx from the first purchase to the last, 0 exactly when {@code x} is 0
 * @param T from the first purchase to the end of the observation, at least {@code tx}
 * @param meanValue mean value of the purchase days after the first; 0 where there is none to fit by
 */
public record PurchaseHistory(int x, double tx, double T, double meanValue) {

    /** @throws IllegalArgumentException when the values contradict each other */
    public PurchaseHistory {
        boolean sound = x >= 0 && tx >= 0 && T >= tx && (x == 0) == (tx == 0) && meanValue >= 0;
        if (!sound || Double.isInfinite(T) || Double.isInfinite(meanValue)) {
            throw new IllegalArgumentException("x=" + x + ", tx=" + tx + ", T=" + T + ", meanValue=" + meanValue
                    + " (expected: x >= 0; 0 <= tx <= T, tx = 0 just where x = 0; meanValue >= 0)");
        }
    }
}

package io.touchpoint.domain.attribution;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The shares of some touches in a whole. An amount in minor units is shared out without loss: everyone gets what is due rounded down, and what is left goes, one each, to
 * those with the largest remainders, the earlier of equals first.
 */
public final class Shares {

    /** Of one touch alone. */
    static final Shares WHOLE = exact(new long[] {1}, 1);

    private final long[] parts;
    private final long whole;
    private final double[] weights;

    private Shares(long[] parts, long whole, double[] weights) {
        this.parts = parts;
        this.whole = whole;
        this.weights = weights;
    }

    /** Shares that are fractions. */
    static Shares exact(long[] parts, long whole) {
        return new Shares(parts, whole, null);
    }

    static Shares allTo(int touch, int touches) {
        var parts = new long[touches];
        parts[touch] = 1;
        return exact(parts, 1);
    }

    /** Shares in proportion to weights above zero. */
    static Shares weighted(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        var shares = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            shares[i] = weights[i] / sum;
        }
        return new Shares(null, 0, shares);
    }

    /** {@return how many touches share} */
    public int size() {
        return parts == null ? weights.length : parts.length;
    }

    /** {@return whether a touch has any share} */
    public boolean any(int touch) {
        return parts == null ? weights[touch] > 0 : parts[touch] > 0;
    }

    /** {@return what each touch gets of an amount; the sum is the amount. A negative amount is shared out as its opposite is} */
    public long[] split(long amount) {
        if (amount < 0) {
            var opposite = split(-amount);
            for (int i = 0; i < opposite.length; i++) {
                opposite[i] = -opposite[i];
            }
            return opposite;
        }
        var due = new long[size()];
        var remainders = new double[due.length];
        long left = amount;
        for (int i = 0; i < due.length; i++) {
            if (parts != null) {
                // In two steps, since amount × part may be beyond a long. The remainders are small whole numbers.
                long rest = amount % whole * parts[i];
                due[i] = amount / whole * parts[i] + rest / whole;
                remainders[i] = rest % whole;
            } else {
                double exact = amount * weights[i];
                due[i] = (long) exact;
                remainders[i] = exact - due[i];
            }
            left -= due[i];
        }
        return left == 0 ? due : handOut(due, remainders, left);
    }

    private static long[] handOut(long[] due, double[] remainders, long left) {
        var order = IntStream.range(0, due.length).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -remainders[i]));
        // Rounding of weights can leave a unit too few as well as some to give.
        int step = left > 0 ? 1 : -1;
        for (int i = 0; left != 0; i = (i + 1) % due.length, left -= step) {
            due[order[step > 0 ? i : due.length - 1 - i]] += step;
        }
        return due;
    }
}

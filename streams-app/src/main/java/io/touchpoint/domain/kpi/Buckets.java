package io.touchpoint.domain.kpi;

/**
 * The logarithmic buckets in which values are counted for quantiles, so that a value can be taken back: each is 2 % wider
 * than the one before, and a quantile is right to 1 %. Bucket n holds the values above 1.02^(n−1) up to 1.02^n; zero and the
 * negative values have buckets of their own. Source: Masson, Rim, Lee, DDSketch, PVLDB 12 (2019).
 *
 * <p>On the wire a bucket is {@code 137} for a positive value, {@code -137} for a negative one, {@code z} for zero.
 */
public final class Buckets {
    /** More than there are buckets of one sign. */
    public static final int MOST = 4_000;

    private static final double GAMMA = 1.02;
    private static final double LOG_GAMMA = StrictMath.log(GAMMA);
    private static final String ZERO = "z";

    private Buckets() {}

    /** The bucket of a value, as it stands on the wire. */
    public static String of(long value) {
        return at(indexOf(value));
    }

    /** The {@link #index} of the bucket of a value. */
    public static int indexOf(long value) {
        if (value == 0) {
            return 0;
        }
        // In double, since the least long has no opposite.
        int number = (int) StrictMath.ceil(StrictMath.log(Math.abs((double) value)) / LOG_GAMMA);
        return value > 0 ? number + 1 : -number - 1;
    }

    /**
     * The place of a bucket among all, growing with its values: 0 for zero.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static int index(String bucket) {
        if (bucket.equals(ZERO)) {
            return 0;
        }
        boolean negative = bucket.startsWith("-");
        try {
            int number = Integer.parseInt(negative ? bucket.substring(1) : bucket);
            if (number >= 0 && number < MOST) {
                return negative ? -number - 1 : number + 1;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "Bucket '" + bucket + "' (expected: z, or up to " + (MOST - 1) + " with a sign)");
    }

    /** The inverse of {@link #index}. */
    public static String at(int index) {
        if (index == 0) {
            return ZERO;
        }
        return index > 0 ? Integer.toString(index - 1) : "-" + (-index - 1);
    }

    /** The geometric middle of a bucket, which stands for its values. */
    public static double middle(int index) {
        if (index == 0) {
            return 0;
        }
        double size = StrictMath.pow(GAMMA, Math.abs(index) - 1.5);
        return index > 0 ? size : -size;
    }
}

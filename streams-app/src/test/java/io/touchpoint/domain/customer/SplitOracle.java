package io.touchpoint.domain.customer;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** How an amount is shared out among clicks, in decimals of forty digits. */
final class SplitOracle {

    static final List<String> MODELS = List.of("first", "last", "linear", "time-decay", "position-based");

    private static final MathContext DIGITS = new MathContext(40);

    private SplitOracle() {}

    /**
     * {@return what each click gets}
     *
     * @param times of the clicks, ascending
     * @param halfLife milliseconds
     */
    static List<Long> split(String model, List<Long> times, double halfLife, long amount) {
        var weights = IntStream.range(0, times.size())
                .mapToObj(i -> weight(model, times, halfLife, i))
                .toList();
        var sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        var shares = weights.stream()
                .map(weight -> weight.multiply(BigDecimal.valueOf(Math.abs(amount)))
                        .divide(sum, DIGITS)
                        .setScale(15, RoundingMode.HALF_EVEN))
                .toList();
        var split = new ArrayList<Long>();
        shares.forEach(share -> split.add(share.setScale(0, RoundingMode.FLOOR).longValueExact()));
        long left = Math.abs(amount) - split.stream().mapToLong(Long::longValue).sum();
        IntStream.range(0, times.size())
                .boxed()
                .sorted(Comparator.comparing(i ->
                        shares.get(i).subtract(BigDecimal.valueOf(split.get(i))).negate()))
                .limit(left)
                .toList()
                .forEach(i -> split.set(i, split.get(i) + 1));
        split.replaceAll(share -> amount < 0 ? -share : share);
        return split;
    }

    private static BigDecimal weight(String model, List<Long> times, double halfLife, int i) {
        int n = times.size();
        boolean first = i == 0;
        boolean last = i == n - 1;
        return switch (model) {
            case "first" -> first ? BigDecimal.ONE : BigDecimal.ZERO;
            case "last" -> last ? BigDecimal.ONE : BigDecimal.ZERO;
            case "linear" -> BigDecimal.ONE;
            case "time-decay" -> new BigDecimal(Math.pow(2, (times.get(i) - times.get(n - 1)) / halfLife));
            default ->
                n <= 2
                        ? BigDecimal.ONE
                        : first || last
                                ? new BigDecimal("0.4")
                                : new BigDecimal("0.2").divide(BigDecimal.valueOf(n - 2L), DIGITS);
        };
    }
}

package io.touchpoint.sandbox.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Chance that is the same for the same seed on every machine. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** True in this share of the throws, 0 to 1. */
    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    /** From {@code least} to {@code greatest}, both included. */
    int between(int least, int greatest) {
        return random.nextInt(least, greatest + 1);
    }

    /** Uniformly from 0 to below 1. */
    double fraction() {
        return random.nextDouble();
    }

    /** Any of them, each as likely. */
    <T> T anyOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    /** An instant after {@code from}, by {@code least} up to {@code greatest}, to the second. */
    Instant after(Instant from, Duration least, Duration greatest) {
        return from.plusSeconds(random.nextLong(least.getSeconds(), greatest.getSeconds() + 1));
    }

    /** An index whose chance is given by the weights. */
    int weighted(int... weights) {
        var total = 0;
        for (var weight : weights) {
            total += weight;
        }
        var thrown = random.nextInt(total);
        for (int i = 0; i < weights.length; i++) {
            thrown -= weights[i];
            if (thrown < 0) {
                return i;
            }
        }
        throw new IllegalStateException("no weight");
    }
}

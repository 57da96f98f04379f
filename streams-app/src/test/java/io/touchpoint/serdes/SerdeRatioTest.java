package io.touchpoint.serdes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Guards that our serde costs at most half as much again as plain Avro. Rounds of both are interleaved and compared by their
 * median, and the best of several attempts counts: a busy machine makes a round slow, but no machine makes slow code fast.
 */
class SerdeRatioTest {

    private static final double LIMIT = 1.5;
    private static final int ATTEMPTS = 8;
    private static final int ROUNDS = 15;
    private static final int WARM_UP_ROUNDS = 15;
    private static final int RECORDS = 4_000;

    /** So that the compiler cannot leave the work out. */
    private static volatile Object seen;

    private final SerdeContest contest = new SerdeContest();

    @Test
    void shouldWriteWithinHalfAsMuchAgainAsPlainAvro() throws Exception {
        assertThat(bestRatio(contest::serdeWrite, contest::plainWrite)).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void shouldReadWithinHalfAsMuchAgainAsPlainAvro() throws Exception {
        assertThat(bestRatio(contest::serdeRead, contest::plainRead)).isLessThanOrEqualTo(LIMIT);
    }

    private static double bestRatio(Callable<?> ours, Callable<?> plain) throws Exception {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            time(ours);
            time(plain);
        }
        double best = Double.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && best > LIMIT; attempt++) {
            best = Math.min(best, ratio(ours, plain));
        }
        return best;
    }

    private static double ratio(Callable<?> ours, Callable<?> plain) throws Exception {
        var ourTimes = new long[ROUNDS];
        var plainTimes = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ourTimes[round] = time(ours);
            plainTimes[round] = time(plain);
        }
        return (double) median(ourTimes) / median(plainTimes);
    }

    private static long time(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < RECORDS; i++) {
            seen = work.call();
        }
        return System.nanoTime() - start;
    }

    private static long median(long[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }
}

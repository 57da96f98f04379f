package io.touchpoint.serdes;

import io.touchpoint.records.OrderEvent;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Our serde against plain Avro with reused encoder and decoder, one order of about 77 bytes, one thread. Run its main method
 * with the test class path; the test beside it guards the ratio.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SerdeBenchmark {

    private final SerdeContest contest = new SerdeContest();

    @Benchmark
    public byte[] plainWrite() throws IOException {
        return contest.plainWrite();
    }

    @Benchmark
    public byte[] serdeWrite() {
        return contest.serdeWrite();
    }

    @Benchmark
    public OrderEvent plainRead() throws IOException {
        return contest.plainRead();
    }

    @Benchmark
    public OrderEvent serdeRead() {
        return contest.serdeRead();
    }

    @Benchmark
    public byte[] internalWrite() {
        return contest.internalWrite();
    }

    @Benchmark
    public Object internalRead() {
        return contest.internalRead();
    }

    /** Runs all of it and prints the table. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(SerdeBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}

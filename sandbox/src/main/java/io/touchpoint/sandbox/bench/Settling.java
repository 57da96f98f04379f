package io.touchpoint.sandbox.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * When a pipeline under load can be measured: once its compilers have done their work. Code that runs only under load is compiled only then, on the cores that the load
 * needs; whoever counted that would measure the compilers.
 */
final class Settling {

    private static final long MOST_NANOS = Duration.ofMinutes(3).toNanos();
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    /** Share of one core below which the compilers are taken to rest. */
    private static final double QUIET = 0.05;

    private final PipelineProcess pipeline;
    private final long began = System.nanoTime();
    private long looked = began;
    private Duration compiled;
    private double compilerShare = Double.NaN;

    /** Begins. */
    Settling(PipelineProcess pipeline) {
        this.pipeline = pipeline;
        this.compiled = pipeline.compilerCpu();
    }

    /**
     * {@return whether it is over: the compilers rested for the last ten seconds, and what else is asked for holds; or three minutes have passed}
     *
     * @param also asked now and then
     */
    boolean over(BooleanSupplier also) {
        long now = System.nanoTime();
        if (now - looked < LOOK_EVERY_NANOS) {
            return false;
        }
        var before = compiled;
        compiled = pipeline.compilerCpu();
        compilerShare = compiled.minus(before).toNanos() / (double) (now - looked);
        looked = now;
        return compilerShare >= 0 && compilerShare < QUIET && also.getAsBoolean() || now - began > MOST_NANOS;
    }

    /** {@return of one core, what the compilers took in the last ten seconds} */
    double compilerShare() {
        return compilerShare;
    }

    /** {@return how long it has taken} */
    double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}

package io.touchpoint.sandbox.bench;

import java.time.Duration;
import java.util.Map;

/**
 * What to measure.
 *
 * @param events how many events are measured
 * @param warmUp how many events are folded first and not measured, while code is compiled and memory fills
 * @param customers how many customers they are about
 * @param span how long the events took when they happened, up to now
 * @param repeat how often both are measured, in turn
 * @param latency how long to send at a steady rate for the time to a suppression; zero leaves it out
 * @param load the share of the measured throughput at which the time to a suppression is taken
 * @param settings of the pipeline, over the benchmark's own
 */
public record BenchRequest(
        int events,
        int warmUp,
        int customers,
        Duration span,
        int repeat,
        Duration latency,
        double load,
        Map<String, String> settings) {

    /** Copies the settings. */
    public BenchRequest {
        settings = Map.copyOf(settings);
    }

    int produced() {
        return events + warmUp;
    }

    /** {@return how many customers the events to warm up are about: as many for each event as those that are measured} */
    int warmUpCustomers() {
        return Math.toIntExact(Math.max(1, (long) customers * warmUp / events));
    }
}

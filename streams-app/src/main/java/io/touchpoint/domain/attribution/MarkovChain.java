package io.touchpoint.domain.attribution;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The first-order Markov chain of paths of channels: it begins at a start, moves from channel to channel as often as the paths did, and ends in a
 * conversion or in nothing. The removal effect of a channel is the share of conversions that is lost when whoever comes to it goes no further.
 *
 * <p>Exact, without simulation: with N = (1 − Q)⁻¹ for the transitions Q between channels, s from the start and r to conversion, x = N·r is the
 * probability of a conversion from each channel and p = s·x that of all. A path comes to channel k at all with probability (s·N)ₖ / Nₖₖ, and only those
 * that come to it are lost, so the effect is (s·N)ₖ · xₖ / (Nₖₖ · p). Source: Anderl, Becker, von Wangenheim, Schumann, Mapping the customer journey (2016).
 */
public final class MarkovChain {

    private final List<String> channels;
    private final double[] visits;
    private final double[] returns;
    private final double[] converts;
    private final double conversion;

    private MarkovChain(List<String> channels, double[] start, double[][] between, double[] end) {
        this.channels = channels;
        int n = start.length;
        var inverse = inverseOfOneMinus(between);
        visits = new double[n];
        returns = new double[n];
        converts = new double[n];
        double all = 0;
        for (int i = 0; i < n; i++) {
            returns[i] = inverse[i][i];
            for (int j = 0; j < n; j++) {
                visits[j] += start[i] * inverse[i][j];
                converts[i] += inverse[i][j] * end[j];
            }
            all += start[i] * converts[i];
        }
        conversion = all;
    }

    /**
     * The chain of some paths.
     *
     * @param paths how often each path was walked; a path has one channel or more
     * @throws IllegalArgumentException when no path was walked, or one has no channel
     */
    public static MarkovChain of(Map<List<String>, PathCount> paths) {
        var names = new TreeSet<String>();
        paths.keySet().forEach(names::addAll);
        var places = new TreeMap<String, Integer>();
        names.forEach(name -> places.put(name, places.size()));
        int n = places.size();
        var start = new double[n];
        var between = new double[n][n];
        var end = new double[n];
        var left = new double[n];
        double walked = 0;
        for (var entry : paths.entrySet()) {
            var path = entry.getKey();
            if (path.isEmpty()) {
                throw new IllegalArgumentException("a path without a channel (expected: one or more)");
            }
            double times =
                    (double) entry.getValue().conversions() + entry.getValue().nulls();
            walked += times;
            int at = places.get(path.get(0));
            start[at] += times;
            for (var channel : path.subList(1, path.size())) {
                int to = places.get(channel);
                // To stay where one is changes nothing but how long it takes.
                if (to != at) {
                    between[at][to] += times;
                    left[at] += times;
                }
                at = to;
            }
            end[at] += entry.getValue().conversions();
            left[at] += times;
        }
        if (walked == 0) {
            throw new IllegalArgumentException("no path (expected: one or more)");
        }
        for (int i = 0; i < n; i++) {
            start[i] /= walked;
            end[i] = left[i] == 0 ? 0 : end[i] / left[i];
            for (int j = 0; j < n; j++) {
                between[i][j] = left[i] == 0 ? 0 : between[i][j] / left[i];
            }
        }
        return new MarkovChain(List.copyOf(places.keySet()), start, between, end);
    }

    /** {@return the probability that a path ends in a conversion} */
    public double conversion() {
        return conversion;
    }

    /** {@return the effect of each channel, the greatest first, and of equal ones by name} */
    public List<RemovalEffect> removalEffects() {
        var effects = new double[channels.size()];
        for (int k = 0; k < effects.length && conversion > 0; k++) {
            // Beyond 1 only by the rounding of the last digit.
            effects[k] = Math.min(1, visits[k] * converts[k] / (returns[k] * conversion));
        }
        double sum = Arrays.stream(effects).sum();
        return IntStream.range(0, effects.length)
                .boxed()
                .sorted((a, b) -> Double.compare(effects[b], effects[a]))
                .map(k -> new RemovalEffect(
                        channels.get(k), conversion > 0 ? effects[k] : null, sum > 0 ? effects[k] / sum : null))
                .toList();
    }

    /** {@return all channels, by name} */
    public Collection<String> channels() {
        return channels;
    }

    /**
     * By Gauss-Jordan elimination in place. No pivot is searched for: each row of 1 − Q has its diagonal as its greatest element, and every pivot stays above 0,
     * since each channel leads to an end.
     */
    private static double[][] inverseOfOneMinus(double[][] between) {
        int n = between.length;
        var a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = (i == j ? 1 : 0) - between[i][j];
            }
        }
        for (int k = 0; k < n; k++) {
            double pivot = a[k][k];
            a[k][k] = 1;
            for (int j = 0; j < n; j++) {
                a[k][j] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                double factor = a[i][k];
                if (i != k && factor != 0) {
                    a[i][k] = 0;
                    for (int j = 0; j < n; j++) {
                        a[i][j] -= factor * a[k][j];
                    }
                }
            }
        }
        return a;
    }
}

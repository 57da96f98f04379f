package io.touchpoint.domain.churn;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/** Finds the positive parameters under which the data are likeliest, within bounds, by their logarithms and from several starts. */
final class MaximumLikelihood {

    private static final int EVALUATIONS = 20_000;
    private static final int RESTARTS = 20;

    /** Log-likelihood that a restart must win to be worth another; parameters are then known far better than data determine them. */
    private static final double WORTHWHILE = 1e-8;

    /** How near to a bound, relatively, counts as at it. */
    private static final double AT_BOUND = 1e-3;

    private final ToDoubleFunction<double[]> logLikelihood;
    private final double[] lower;
    private final double[] upper;

    /**
     * @param logLikelihood of the parameters, finite within the bounds
     * @param lower the least value of each parameter, above 0
     * @param upper the greatest value of each parameter
     */
    MaximumLikelihood(ToDoubleFunction<double[]> logLikelihood, double[] lower, double[] upper) {
        this.logLikelihood = logLikelihood;
        this.lower = lower.clone();
        this.upper = upper.clone();
    }

    /** @param atBound the indices of parameters that a bound stopped: the data do not determine them */
    record Estimate(double[] parameters, double logLikelihood, List<Integer> atBound) {}

    /** The best that any of the starts leads to. */
    Estimate from(List<double[]> starts) {
        double[] best = null;
        for (double[] start : starts) {
            double[] found = climb(start);
            if (best == null || value(found) > value(best)) {
                best = found;
            }
        }
        double[] parameters = within(best);
        return new Estimate(parameters, logLikelihood.applyAsDouble(parameters), atBound(parameters));
    }

    /** A simplex may collapse before it has arrived: start it afresh from where it stopped until that wins nothing. */
    private double[] climb(double[] start) {
        double[] at = IntStream.range(0, start.length)
                .mapToDouble(i -> Math.log(start[i]))
                .toArray();
        double reached = value(at);
        for (int restart = 0; restart < RESTARTS; restart++) {
            var optimum = new SimplexOptimizer(new SimpleValueChecker(1e-14, 1e-10))
                    .optimize(
                            new MaxEval(EVALUATIONS),
                            new ObjectiveFunction(this::value),
                            GoalType.MAXIMIZE,
                            new InitialGuess(at),
                            new NelderMeadSimplex(at.length, 0.3));
            at = optimum.getPoint();
            double won = optimum.getValue() - reached;
            reached = optimum.getValue();
            if (won < WORTHWHILE) {
                break;
            }
        }
        return at;
    }

    /** Outside the bounds the likelihood at the bound, less a penalty that leads back in. */
    private double value(double[] logs) {
        double[] parameters = within(logs);
        double outside = 0;
        for (int i = 0; i < logs.length; i++) {
            outside += Math.abs(logs[i] - Math.log(parameters[i]));
        }
        double value = logLikelihood.applyAsDouble(parameters);
        return value - outside * (1 + Math.abs(value));
    }

    private double[] within(double[] logs) {
        return IntStream.range(0, logs.length)
                .mapToDouble(i -> Math.max(lower[i], Math.min(upper[i], Math.exp(logs[i]))))
                .toArray();
    }

    private List<Integer> atBound(double[] parameters) {
        return IntStream.range(0, parameters.length)
                .filter(i -> parameters[i] < lower[i] * (1 + AT_BOUND) || parameters[i] > upper[i] * (1 - AT_BOUND))
                .boxed()
                .toList();
    }
}

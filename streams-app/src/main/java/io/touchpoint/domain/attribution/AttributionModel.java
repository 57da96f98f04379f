package io.touchpoint.domain.attribution;

import io.touchpoint.domain.kpi.Measures;
import java.util.Arrays;
import java.util.List;

/** How the credit of an order is shared out among the clicks before it. The numbers of the models are those of {@link Measures#MODELS}. */
public enum AttributionModel {
    /** All to the first click. */
    FIRST {
        @Override
        Shares of(List<Touch> path, long halfLife) {
            return Shares.allTo(0, path.size());
        }
    },
    /** All to the last click. */
    LAST {
        @Override
        Shares of(List<Touch> path, long halfLife) {
            return Shares.allTo(path.size() - 1, path.size());
        }
    },
    /** The same to each. */
    LINEAR {
        @Override
        Shares of(List<Touch> path, long halfLife) {
            var parts = new long[path.size()];
            Arrays.fill(parts, 1);
            return Shares.exact(parts, path.size());
        }
    },
    /** Half as much for every half-life that a click is older. */
    TIME_DECAY {
        @Override
        Shares of(List<Touch> path, long halfLife) {
            // Relative to the last click: the same shares, and no weight but of very old clicks comes near zero.
            long last = path.get(path.size() - 1).at();
            var weights = new double[path.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = StrictMath.pow(2, -(double) (last - path.get(i).at()) / halfLife);
            }
            return Shares.weighted(weights);
        }
    },
    /** 40 % to the first, 40 % to the last, the rest among those between; one half each of two. */
    POSITION_BASED {
        @Override
        Shares of(List<Touch> path, long halfLife) {
            int n = path.size();
            if (n <= 2) {
                return LINEAR.of(path, halfLife);
            }
            var parts = new long[n];
            Arrays.fill(parts, 1);
            parts[0] = 2L * (n - 2);
            parts[n - 1] = parts[0];
            return Shares.exact(parts, 5L * (n - 2));
        }
    };

    private static final AttributionModel[] MODELS = values();

    /** {@return the name of the model as it stands in ids and keys} */
    public String id() {
        return Measures.MODELS.get(ordinal());
    }

    /**
     * {@return the share of each click under every model, by its number}
     *
     * @param path clicks in their order, at least one
     * @param halfLife milliseconds, for time decay
     */
    public static Shares[] shares(List<Touch> path, long halfLife) {
        var shares = new Shares[MODELS.length];
        for (var model : MODELS) {
            shares[model.ordinal()] = path.size() == 1 ? Shares.WHOLE : model.of(path, halfLife);
        }
        return shares;
    }

    abstract Shares of(List<Touch> path, long halfLife);
}

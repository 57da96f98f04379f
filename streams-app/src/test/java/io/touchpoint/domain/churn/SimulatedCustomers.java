package io.touchpoint.domain.churn;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Customers who live exactly as MBG/NBD and Gamma-Gamma say, from a seed. */
final class SimulatedCustomers {

    static final double R = 2;
    static final double ALPHA = 8;
    static final double A = 1;
    static final double B = 3;
    static final double P = 4;
    static final double Q = 3;
    static final double V = 20;

    private SimulatedCustomers() {}

    static List<PurchaseHistory> of(int count, long seed) {
        var random = new Random(seed);
        var customers = new ArrayList<PurchaseHistory>();
        for (int i = 0; i < count; i++) {
            customers.add(one(random, 20 + 40 * random.nextDouble()));
        }
        return customers;
    }

    // Shapes are whole numbers, so that a gamma variate is a sum of exponential ones.
    private static PurchaseHistory one(Random random, double T) {
        double rate = gamma(random, (int) R, ALPHA);
        double leaves = gamma(random, (int) A, 1);
        double dropOut = leaves / (leaves + gamma(random, (int) B, 1));
        double scale = gamma(random, (int) Q, V);
        int x = 0;
        double tx = 0;
        double spent = 0;
        while (random.nextDouble() >= dropOut) {
            double next = tx + gamma(random, 1, rate);
            if (next > T) {
                break;
            }
            x++;
            tx = next;
            spent += gamma(random, (int) P, scale);
        }
        return new PurchaseHistory(x, tx, T, x == 0 ? 0 : spent / x);
    }

    private static double gamma(Random random, int shape, double rate) {
        double sum = 0;
        for (int i = 0; i < shape; i++) {
            sum -= Math.log1p(-random.nextDouble());
        }
        return sum / rate;
    }
}

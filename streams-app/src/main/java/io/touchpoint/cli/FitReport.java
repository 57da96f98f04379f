package io.touchpoint.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.touchpoint.domain.churn.ChurnFit;
import io.touchpoint.domain.churn.MbgNbd;
import io.touchpoint.domain.churn.PurchaseHistory;
import io.touchpoint.domain.policy.ChurnLevels;
import io.touchpoint.domain.policy.ChurnParameters;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A fit in words: YAML whose only content is the policy file's {@code churn.model} block, all else in comments. */
final class FitReport {

    private static final int[] PURCHASES = {1, 3, 10};

    /** In weeks. A model that lets someone with one purchase go unnoticed for so long sees next to nobody leave. */
    private static final double TEN_YEARS = 520;

    private final ChurnFit fit;
    private final ChurnParameters model;
    private final List<PurchaseHistory> customers;
    private final ChurnLevels levels;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param model the parameters of the fit, named
     * @param customers whom it was fitted to
     * @param levels the levels whose crossings are shown
     */
    FitReport(ChurnFit fit, ChurnParameters model, List<PurchaseHistory> customers, ChurnLevels levels) {
        this.fit = fit;
        this.model = model;
        this.customers = customers;
        this.levels = levels;
    }

    /** The report, with what it says of its sources in front. */
    List<String> lines(List<String> sources) {
        lines.clear();
        sources.forEach(this::comment);
        quality();
        block();
        crossings();
        return List.copyOf(lines);
    }

    private void quality() {
        comment(
                "MBG/NBD: %,d customers, %,d of them with repeat purchase days; log-likelihood %.4f (weeks)",
                fit.customers(),
                customers.stream().filter(customer -> customer.x() > 0).count(),
                fit.purchaseLogLikelihood());
        comment(
                "Gamma-Gamma: %,d customers; log-likelihood %.4f (%s)",
                fit.valueCustomers(), fit.valueLogLikelihood(), model.currencyOrNull());
        if (!fit.undetermined().isEmpty()) {
            comment("CAUTION: these customers hardly determine " + String.join(", ", fit.undetermined())
                    + ": the likelihood still rose at the bound. Fit to more of them, or to a longer time");
        }
    }

    private void block() {
        lines.add("churn:");
        lines.add("  model:");
        // A JSON string is a YAML string, whatever name was asked for.
        lines.add("    version: " + TextNode.valueOf(model.version()));
        parameter("r", model.r());
        parameter("alpha", model.alpha());
        parameter("a", model.a());
        parameter("b", model.b());
        parameter("p", model.p());
        parameter("q", model.q());
        parameter("v", model.v());
        lines.add("    horizon: "
                + (model.horizon().toSeconds() % 86_400 == 0
                        ? "P" + model.horizon().toDays() + "D"
                        : model.horizon()));
        lines.add("    currency: " + model.currencyOrNull());
    }

    /** Six significant digits: around its top the likelihood is far flatter than that. */
    private void parameter(String name, double value) {
        lines.add("    " + name + ": "
                + new BigDecimal(value).round(new MathContext(6)).toPlainString());
    }

    /** When customers with a typical rhythm cross each level: levels belong to a fit. */
    private void crossings() {
        var churn = new MbgNbd(model);
        double gap = medianGap(customers);
        comment(
                "Weeks of silence after the last purchase day until a customer crosses each level, where purchase days are");
        comment("%.2f weeks apart (the median of the customers' mean gaps):", gap);
        comment(
                "%9s  %8s  %14s  %14s  %14s",
                "purchases",
                "p_alive",
                "watch " + levels.watch(),
                "at-risk " + levels.atRisk(),
                "lost " + levels.lost());
        for (int purchases : PURCHASES) {
            int x = purchases - 1;
            double tx = x * gap;
            comment(
                    "%9d  %8.4f  %14s  %14s  %14s",
                    purchases,
                    churn.pAlive(x, tx, tx),
                    weeks(churn.crossing(x, tx, levels.watch()) - tx),
                    weeks(churn.crossing(x, tx, levels.atRisk()) - tx),
                    weeks(churn.crossing(x, tx, levels.lost()) - tx));
        }
        if (churn.crossing(0, 0, levels.watch()) <= 0) {
            comment(
                    "CAUTION: right after a first purchase everyone is at least WATCH: lower the levels for this model");
        }
        if (churn.crossing(0, 0, levels.lost()) > TEN_YEARS) {
            comment(
                    "CAUTION: in their time next to none of these customers left, so the model calls hardly anyone lost.");
            comment("Fit to a longer time, or to customers of a kind, before deciding by it");
        }
    }

    private static double medianGap(List<PurchaseHistory> customers) {
        double[] gaps = customers.stream()
                .filter(customer -> customer.x() > 0)
                .mapToDouble(customer -> customer.tx() / customer.x())
                .sorted()
                .toArray();
        return IntStream.of((gaps.length - 1) / 2, gaps.length / 2)
                .mapToDouble(i -> gaps[i])
                .average()
                .orElseThrow();
    }

    private static String weeks(double silence) {
        if (silence > TEN_YEARS) {
            return "over 10 years";
        }
        return silence <= 0 ? "at once" : text("%.2f", silence);
    }

    private void comment(String format, Object... values) {
        lines.add("# " + (values.length == 0 ? format : text(format, values)));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}

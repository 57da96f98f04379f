package io.touchpoint.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The first, last and linear model on 10,000 published paths (ChannelAttribution, PathData), against the results of that package.
 */
class PublishedAttributionTest {

    private static final List<AttributionModel> MODELS =
            List.of(AttributionModel.FIRST, AttributionModel.LAST, AttributionModel.LINEAR);
    private static final int DIGITS = 12;

    @Test
    void shouldEqualThePublishedResults() throws IOException {
        var paths = Files.readAllLines(PublishedPaths.file("attribution/PathData.csv"));
        var credit = new TreeMap<String, BigDecimal>();
        for (var row : paths.subList(1, paths.size())) {
            var columns = row.split(",");
            credit(columns[0].split(" > "), "conversions", new BigDecimal(columns[1]), credit);
            credit(columns[0].split(" > "), "value", new BigDecimal(columns[2]), credit);
        }

        int compared = 0;
        var expected = Files.readAllLines(PublishedPaths.file("attribution/heuristic_models_expected.csv"));
        for (var row : expected.subList(1, expected.size())) {
            var columns = row.replace("\"", "").split(",");
            for (int column = 1; column < columns.length; column++) {
                var model = MODELS.get((column - 1) / 2);
                var of = column % 2 == 1 ? "conversions" : "value";
                double published = Double.parseDouble(columns[column]);
                assertThat(credit.get(columns[0] + " " + model + " " + of).doubleValue())
                        .as("%s of %s under %s", of, columns[0], model)
                        .isCloseTo(published, within(Math.max(1e-9, published * 1e-13)));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(12 * 6);
    }

    /** An amount is shared out in units of which each touch of the path gets a whole number under every one of the models. */
    private static void credit(String[] path, String of, BigDecimal amount, Map<String, BigDecimal> credit) {
        var touches = new ArrayList<Touch>();
        for (int i = 0; i < path.length; i++) {
            touches.add(new Touch("k" + i, i, path[i].trim(), ""));
        }
        var shares = AttributionModel.shares(touches, 1);
        long units =
                amount.setScale(DIGITS, RoundingMode.HALF_EVEN).unscaledValue().longValueExact() * path.length;
        var unit = BigDecimal.ONE.movePointLeft(DIGITS).divide(BigDecimal.valueOf(path.length), MathContext.DECIMAL128);
        for (var model : MODELS) {
            var split = shares[model.ordinal()].split(units);
            for (int i = 0; i < split.length; i++) {
                credit.merge(
                        path[i].trim() + " " + model + " " + of,
                        unit.multiply(BigDecimal.valueOf(split[i])),
                        BigDecimal::add);
            }
        }
    }
}

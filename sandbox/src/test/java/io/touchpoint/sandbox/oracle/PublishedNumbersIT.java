package io.touchpoint.sandbox.oracle;

import static io.touchpoint.sandbox.oracle.ReplayedHistory.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.touchpoint.sandbox.data.RetailHistory;
import io.touchpoint.sandbox.data.SurveyHistory;
import io.touchpoint.sandbox.data.TimeShift;
import io.touchpoint.sandbox.traffic.TrafficGenerator;
import io.touchpoint.serdes.TrustedRecords;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Figures that others published about public data come out of the pipeline, and all that it says of a real year is what SQL says. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PublishedNumbersIT {

    static {
        TrustedRecords.trust(); // before the first record is made, whichever test comes first
    }

    private static final Instant AFTER_RETAIL = Instant.parse("2010-12-10T06:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void shouldTellTheRetailYear() throws Exception {
        var retail = RetailHistory.read();
        var replayed = new ReplayedHistory(folder);
        replayed.add(retail.events(TimeShift.NONE));
        replayed.add(new TrafficGenerator(11, retail).events(TimeShift.NONE));
        RetailAdditions.of(retail, 12).write(replayed.data(), 0.02);
        say("retail year replayed in %d s", replayed.replay(AFTER_RETAIL));

        var year = sums(replayed.read("kpis-calendar"), "aov|all/GBP|MONTH|");
        assertThat(year.denominator).isEqualTo(19_213);
        assertThat(year.value() / 100).isCloseTo(459.6889, within(0.00005));
        long buyers = 0;
        long repeat = 0;
        long repeatDays = 0;
        for (var profile : replayed.read("profiles").values()) {
            buyers += profile.get("paid_orders").asLong() >= 1 ? 1 : 0;
            repeat += profile.get("paid_orders").asLong() >= 2 ? 1 : 0;
            repeatDays += profile.get("paid_order_days").asLong() >= 2 ? 1 : 0;
        }
        assertThat(buyers).isEqualTo(4_312);
        assertThat(100.0 * repeat / buyers).isCloseTo(67.0918, within(0.00005));
        assertThat(100.0 * repeatDays / buyers).isCloseTo(65.3525, within(0.00005));

        try (var oracle = new CatalogueOracle(replayed.data())) {
            assertThat(replayed.compare(oracle, AFTER_RETAIL).first()).isEmpty();
        }
    }

    @Test
    void shouldTellTheSurveysOfFourYears() throws Exception {
        var replayed = new ReplayedHistory(folder);
        for (int year = 2014; year <= 2017; year++) {
            replayed.add(SurveyHistory.wave(year).events(TimeShift.NONE));
        }
        say("four surveys replayed in %d s", replayed.replay(Instant.parse("2017-06-20T00:00:00Z")));

        var calendar = replayed.read("kpis-calendar");
        var published = Map.of(2014, 78.857, 2015, 80.0, 2016, 80.987, 2017, 82.068);
        published.forEach((year, csat) -> assertThat(
                        100 * sums(calendar, "csat|all|MONTH|" + year).value())
                .as("CSAT of %d", year)
                .isCloseTo(csat, within(year == 2015 ? 0.05 : 0.0005)));
        var nps = sums(calendar, "nps|all|MONTH|2017");
        assertThat(nps.denominator).isEqualTo(2_746);
        assertThat(100 * nps.value()).isCloseTo(39.8398, within(0.00005));
        var rolling = replayed.read("kpis-rolling").get("nps|all|P90D");
        assertThat(rolling.get("value").asDouble()).isCloseTo(39.8398, within(0.00005));
        assertThat(rolling.get("promoters").asLong()).isEqualTo(1_436);
        assertThat(rolling.get("detractors").asLong()).isEqualTo(342);
    }

    /** Of ChannelAttribution (PathData): conversions and values under the first, last and linear model. */
    @Test
    void shouldEqualThePublishedAttribution() throws Exception {
        var paths = Files.readAllLines(published("attribution/PathData.csv"));
        var results = Files.readAllLines(published("attribution/heuristic_models_expected.csv"));
        var replayed = new ReplayedHistory(folder);
        var orders = PathOrders.write(paths, replayed.data());
        say("published paths replayed in %d s", replayed.replay(PathOrders.UNTIL));

        var credit = new TreeMap<String, BigDecimal>();
        replayed.each("attribution", (key, value) -> {
            var order = orders.get(value.get("order_id").asText());
            credit.merge(
                    value.get("platform").asText() + " " + value.get("model").asText() + " " + order.of(),
                    new BigDecimal(value.get("credit_minor").asLong()).multiply(order.unit(), MathContext.DECIMAL128),
                    BigDecimal::add);
        });
        int compared = 0;
        var models = List.of("first", "last", "linear");
        for (var row : results.subList(1, results.size())) {
            var columns = row.replace("\"", "").split(",");
            for (int column = 1; column < columns.length; column++) {
                var of = column % 2 == 1 ? "conversions" : "value";
                var found = credit.get(columns[0] + " " + models.get((column - 1) / 2) + " " + of);
                double expected = Double.parseDouble(columns[column]); // printed with 15 digits, summed in double
                assertThat(found.doubleValue())
                        .as("%s of %s under %s", of, columns[0], models.get((column - 1) / 2))
                        .isCloseTo(expected, within(Math.max(1e-9, expected * 1e-13)));
                compared++;
            }
        }
        say("%d published results of attribution compared", compared);
        assertThat(compared).isEqualTo(12 * 6);
    }

    private record Quotient(double numerator, double denominator) {
        double value() {
            return numerator / denominator;
        }
    }

    private static Quotient sums(Map<String, JsonNode> values, String prefix) {
        double numerator = 0;
        double denominator = 0;
        for (var value : values.entrySet()) {
            if (value.getKey().startsWith(prefix)) {
                numerator += value.getValue().get("numerator").asDouble();
                denominator += value.getValue().get("denominator").asDouble();
            }
        }
        return new Quotient(numerator, denominator);
    }

    /** Data that may not be shipped: in the folder TOUCHPOINT_DATA, else in {@code shared/data} beside any parent of the working directory. */
    private static Path published(String name) throws IOException {
        var configured = System.getenv("TOUCHPOINT_DATA");
        var data = configured == null ? null : Path.of(configured);
        for (Path at = Path.of("").toAbsolutePath(); data == null && at != null; at = at.getParent()) {
            data = Files.isDirectory(at.resolve("shared/data")) ? at.resolve("shared/data") : null;
        }
        boolean here = data != null && Files.exists(data.resolve(name));
        Assumptions.assumeTrue(
                here, () -> "skipped: " + name + " is not here; set TOUCHPOINT_DATA to the folder that holds it");
        return data.resolve(name);
    }
}

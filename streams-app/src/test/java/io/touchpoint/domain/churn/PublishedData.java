package io.touchpoint.domain.churn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Published data sets that may not be shipped: found by the environment variable TOUCHPOINT_DATA, else in a folder {@code shared/data} beside
 * any parent of the working directory. Where they are absent a test is skipped.
 */
final class PublishedData {

    private PublishedData() {}

    /** The CDNOW calibration sample: x, t_x, T in weeks and mean repeat spending of 2,357 customers, by ID. */
    static List<PurchaseHistory> cdnow() throws IOException {
        var customers = new ArrayList<PurchaseHistory>();
        for (String line : Files.readAllLines(file("cdnow/customers_summary.csv"))) {
            if (!line.startsWith("ID")) {
                String[] columns = line.split(",");
                customers.add(new PurchaseHistory(
                        Integer.parseInt(columns[1]),
                        Double.parseDouble(columns[2]),
                        Double.parseDouble(columns[3]),
                        Double.parseDouble(columns[4])));
            }
        }
        return customers;
    }

    private static Path file(String name) {
        var folder = folder();
        Assumptions.assumeTrue(
                folder != null && Files.exists(folder.resolve(name)),
                () -> "skipped: " + name + " is not here; set TOUCHPOINT_DATA to the folder that holds it");
        return folder.resolve(name);
    }

    private static Path folder() {
        var configured = System.getenv("TOUCHPOINT_DATA");
        if (configured != null) {
            return Path.of(configured);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared/data"))) {
                return at.resolve("shared/data");
            }
        }
        return null;
    }
}

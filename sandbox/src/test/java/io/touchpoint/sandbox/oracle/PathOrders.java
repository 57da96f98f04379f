package io.touchpoint.sandbox.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Paths of channels as the clicks of one customer each, and what they brought as orders after them: one for the conversions, one for
 * the value. An order is worth so much that every touch of its path gets whole minor units under the linear model.
 */
final class PathOrders {
    static final Instant UNTIL = CatalogueHistory.START.plusSeconds(86_400);

    private static final int MOST_DIGITS = 12;
    /** What the intake takes for an order, with room to spare, in minor units. */
    private static final double MOST_WORTH = 9e14;

    private static final int UNITS = 1_000_000;

    private PathOrders() {}

    /**
     * An order.
     *
     * @param of what it stands for, conversions or value
     * @param unit what one minor unit of it is worth in that
     */
    record PathOrder(String of, BigDecimal unit) {}

    /** {@return the orders by their identifiers} */
    static Map<String, PathOrder> write(List<String> rows, Path data) throws IOException {
        var history = new CatalogueHistory("path", 1);
        var orders = new HashMap<String, PathOrder>();
        for (var row : rows.subList(1, rows.size())) {
            var columns = row.split(",");
            var customer = history.id("customer");
            var path = columns[0].split(" > ");
            for (int i = 0; i < path.length; i++) {
                history.add(
                        "ad-clicks",
                        history.event(customer, CatalogueHistory.START.plusSeconds(i))
                                .put("click_id", history.id("click"))
                                .put("platform", path[i].trim())
                                .put("campaign_id", path[i].trim())
                                .put("retargeting", false));
            }
            for (int i = 1; i <= 2; i++) {
                var amount = new BigDecimal(columns[i]);
                int digits = Math.min(MOST_DIGITS, amount.scale());
                while (amount.movePointRight(digits).doubleValue() * path.length > MOST_WORTH) {
                    digits--;
                }
                long worth = path.length
                        * amount.setScale(digits, RoundingMode.HALF_EVEN)
                                .unscaledValue()
                                .longValueExact();
                if (worth > 0) {
                    var id = history.id("order");
                    var order = history.event(customer, CatalogueHistory.START.plusSeconds(path.length + i))
                            .put("order_id", id)
                            .put("status", "PAID")
                            .put("currency", "EUR")
                            .put("channel", "web");
                    var lines = order.putArray("lines");
                    line(lines, UNITS, worth / UNITS);
                    line(lines, 1, worth % UNITS);
                    history.add("orders", order);
                    var unit = BigDecimal.ONE
                            .movePointLeft(digits)
                            .divide(BigDecimal.valueOf(path.length), MathContext.DECIMAL128);
                    orders.put(id, new PathOrder(i == 1 ? "conversions" : "value", unit));
                }
            }
        }
        history.write(data, 0);
        return orders;
    }

    private static void line(ArrayNode lines, int quantity, long price) {
        lines.addObject().put("sku", "sku").put("quantity", quantity).put("unit_price_minor", price);
    }
}

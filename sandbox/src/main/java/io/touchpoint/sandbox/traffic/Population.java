package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.OrderLine;
import io.touchpoint.sandbox.data.Invoice;
import io.touchpoint.sandbox.data.RetailHistory;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who acts in live traffic, and on what.
 *
 * @param customers identifiers; the first are the busiest
 * @param products lines of one unit at their usual price
 */
public record Population(List<String> customers, List<OrderLine> products) {

    private static final List<String> CATEGORIES = List.of("bags", "candles", "kitchen", "lights", "mugs", "garden");

    /** Copies the lists. */
    public Population {
        customers = List.copyOf(customers);
        products = List.copyOf(products);
    }

    /** The customers and products of the retail year. */
    public static Population of(RetailHistory retail) {
        var products = new TreeMap<String, OrderLine>();
        retail.invoices().stream()
                .flatMap(invoice -> invoice.lines().stream())
                .forEach(line -> products.putIfAbsent(line.getSku(), one(line)));
        var customers = retail.invoices().stream()
                .map(Invoice::customer)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
        return new Population(customers, List.copyOf(products.values()));
    }

    /**
     * Invented customers and products, as many as asked for.
     *
     * @param prefix begins the identifier of each customer
     */
    public static Population synthetic(String prefix, int customers, int products) {
        return new Population(
                IntStream.range(0, customers).mapToObj(i -> prefix + i).toList(),
                IntStream.range(0, products)
                        .mapToObj(i -> new OrderLine(
                                "sku-" + i, CATEGORIES.get(i % CATEGORIES.size()), 1, 100L + i * 7919L % 4900L, null))
                        .toList());
    }

    /** A customer; the busiest hundredth acts in a tenth of the events. */
    String customer(Dice dice) {
        var fraction = dice.fraction();
        return customers.get((int) (fraction * fraction * customers.size()));
    }

    /** A product and how many units of it, 1 to 4. */
    OrderLine line(Dice dice) {
        var product = dice.anyOf(products);
        return new OrderLine(
                product.getSku(), product.getCategory(), dice.between(1, 4), product.getUnitPriceMinor(), null);
    }

    OrderLine product(Dice dice) {
        return dice.anyOf(products);
    }

    private static OrderLine one(OrderLine line) {
        return new OrderLine(line.getSku(), line.getCategory(), 1, line.getUnitPriceMinor(), null);
    }
}

package io.touchpoint.sandbox.data;

import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.OrderLine;
import io.touchpoint.records.OrderStatus;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real year of a gift retailer (UCI Online Retail II, 2009-12-01 to 2010-12-09), as order events. Real are customers,
 * products, quantities, prices, times and countries; categories are derived by {@link ProductCategory}. The file knows
 * one time an invoice, so an order is PLACED and PAID at once and neither SHIPPED nor DELIVERED. An invoice that starts
 * with C is a RETURNED without order_id, since the file does not say of which order.
 */
public final class RetailHistory implements EventSource {

    /** ISO 4217 code of all its amounts. */
    public static final String CURRENCY = "GBP";

    private static final String SOURCE = "online-retail-ii";
    private static final ZoneId SHOP_ZONE = ZoneId.of("Europe/London");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final List<Invoice> invoices;
    private final RetailCounts counts;

    private RetailHistory(List<Invoice> invoices, RetailCounts counts) {
        this.invoices = invoices;
        this.counts = counts;
    }

    /**
     * Reads the bundled files.
     *
     * @throws java.io.UncheckedIOException when they are not on the class path
     */
    public static RetailHistory read() {
        return new Reader().read();
    }

    /** What became of the lines of the file. */
    public RetailCounts counts() {
        return counts;
    }

    @Override
    public Stream<TouchpointEvent> events(TimeShift shift) {
        return invoices.stream()
                .flatMap(invoice -> invoice.takesBack()
                        ? Stream.of(event(invoice, OrderStatus.RETURNED, shift))
                        : Stream.of(event(invoice, OrderStatus.PLACED, shift), event(invoice, OrderStatus.PAID, shift)))
                .map(TouchpointEvent::of)
                .sorted();
    }

    @Override
    public Instant lastAt() {
        return invoices.get(invoices.size() - 1).at();
    }

    /** Sales and returns of known customers, by time. */
    public List<Invoice> invoices() {
        return invoices;
    }

    private static OrderEvent event(Invoice invoice, OrderStatus status, TimeShift shift) {
        var order = new OrderEvent();
        order.setEventId(invoice.number() + suffix(status));
        order.setCustomerId(invoice.customer());
        order.setOccurredAt(shift.apply(invoice.at()));
        order.setSource(SOURCE);
        order.setOrderId(invoice.takesBack() ? null : invoice.number());
        order.setStatus(status);
        order.setLines(invoice.lines());
        order.setCurrency(CURRENCY);
        order.setChannel("web");
        order.setCountry(invoice.country());
        return order;
    }

    /** PLACED and PAID have the same time; the identifiers keep their order. */
    private static String suffix(OrderStatus status) {
        return switch (status) {
            case PLACED -> "-1-placed";
            case PAID -> "-2-paid";
            case SHIPPED -> "-3-shipped";
            case DELIVERED -> "-4-delivered";
            case CANCELLED -> "-cancelled";
            case RETURNED -> "-returned";
        };
    }

    /** Reads the lines into invoices. Equal texts are kept once: 525,461 lines name 4,632 products. */
    private static final class Reader {

        private final RetailCounts.Tally tally = new RetailCounts.Tally();
        private final Map<String, Invoice> invoices = new LinkedHashMap<>();
        private final Set<String> numbers = new HashSet<>();
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, String> categories = new HashMap<>();
        private String time = "";
        private Instant instant;

        RetailHistory read() {
            new BundledFile("retail-products.csv.gz")
                    .forEach(product -> categories.put(product.get(0), ProductCategory.of(product.get(1))));
            new BundledFile("retail-lines.csv.gz").forEach(line -> add(RetailLine.of(line)));
            var byTime = new ArrayList<>(invoices.values());
            byTime.sort(Comparator.comparing(Invoice::at).thenComparing(Invoice::number));
            return new RetailHistory(List.copyOf(byTime), tally.total(numbers.size()));
        }

        private void add(RetailLine line) {
            numbers.add(line.invoice());
            if (tally.accepts(line)) {
                invoices.computeIfAbsent(line.invoice(), number -> open(line))
                        .lines()
                        .add(product(line));
            }
        }

        /** Lines are in order of time, so the first one tells the earliest. */
        private Invoice open(RetailLine line) {
            return new Invoice(
                    line.invoice(),
                    texts.computeIfAbsent("retail-" + line.customer(), text -> text),
                    at(line.soldAt()),
                    Countries.code(line.country()).orElse(null),
                    new ArrayList<>());
        }

        private OrderLine product(RetailLine line) {
            var sku = texts.computeIfAbsent(line.sku(), text -> text);
            return new OrderLine(sku, categories.get(sku), Math.abs(line.quantity()), line.pence(), null);
        }

        private Instant at(String local) {
            if (!local.equals(time)) {
                time = local;
                instant = LocalDateTime.parse(local, TIME).atZone(SHOP_ZONE).toInstant();
            }
            return instant;
        }
    }
}

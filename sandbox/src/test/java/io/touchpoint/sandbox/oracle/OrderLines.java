package io.touchpoint.sandbox.oracle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** Orders of one customer with all their steps, some of them twice; returns and cancellations of all kinds, also more than was held. */
final class OrderLines {
    private static final String TOPIC = "orders";

    private final CatalogueHistory history;
    private final String customer;
    private final int days;
    private final String currency;

    OrderLines(CatalogueHistory history, String customer, int days) {
        this.history = history;
        this.customer = customer;
        this.days = days;
        currency = history.anyOf("EUR", "EUR", "EUR", "GBP", "USD");
    }

    void add() {
        int orders = history.anyOf(0, 1, 1, 2, 3, 5, 8);
        for (int i = 0; i < orders; i++) {
            order();
        }
        if (history.happens(0.05)) { // of what was never bought
            history.add(TOPIC, step(history.within(days), null, "RETURNED", lines(), currency, template()));
        }
        if (history.happens(0.03)) { // refused: no lines
            history.add(
                    TOPIC, step(history.within(days), history.id("order"), "PAID", noLines(), currency, template()));
        }
    }

    private void order() {
        var at = history.within(days * 9 / 10);
        var order = history.id("order");
        var paidIn = history.happens(0.1) ? history.anyOf("EUR", "GBP", "USD") : currency;
        var template = template();
        var lines = lines();
        if (history.happens(0.8)) {
            history.add(TOPIC, step(at, order, "PLACED", lines, paidIn, template));
        }
        if (history.happens(0.07)) {
            return;
        }
        var paid = history.after(at, Duration.ofHours(2));
        history.add(TOPIC, step(paid, order, "PAID", lines, paidIn, template));
        if (history.happens(0.05)) { // said again later, under another id and with other lines: the first counts
            history.add(TOPIC, step(paid.plus(Duration.ofMinutes(7)), order, "PAID", lines(), paidIn, template()));
        }
        if (history.happens(0.6)) {
            history.add(
                    TOPIC, step(history.after(paid, Duration.ofDays(2)), order, "SHIPPED", lines, paidIn, template));
        }
        if (history.happens(0.5)) {
            history.add(
                    TOPIC, step(history.after(paid, Duration.ofDays(5)), order, "DELIVERED", lines, paidIn, template));
        }
        takeBack(paid, order, lines, paidIn, template);
    }

    private void takeBack(Instant paid, String order, ArrayNode lines, String paidIn, ObjectNode template) {
        var back = history.after(paid, Duration.ofDays(40));
        if (history.happens(0.08)) {
            history.add(TOPIC, step(back, order, "CANCELLED", noLines(), paidIn, template));
        } else if (history.happens(0.1)) {
            history.add(TOPIC, step(back, order, "CANCELLED", some(lines, 0), paidIn, template));
        }
        if (history.happens(0.3)) {
            var of = history.happens(0.4) ? null : order;
            int less = history.anyOf(0, 0, 0, 50);
            history.add(TOPIC, step(back, of, "RETURNED", some(lines, less), paidIn, template));
            if (history.happens(0.4)) { // again: of it not all may be held any more
                var again = history.after(back, Duration.ofDays(2));
                history.add(TOPIC, step(again, of, "RETURNED", some(lines, less), paidIn, template));
            }
        }
    }

    private ObjectNode step(
            Instant at, String order, String status, ArrayNode lines, String paidIn, ObjectNode template) {
        var step = history.event(customer, at).put("status", status).put("currency", paidIn);
        if (order != null) {
            step.put("order_id", order);
        }
        step.set("lines", lines);
        return step.setAll(template);
    }

    /** Where the order came from: all that its steps have in common. */
    private ObjectNode template() {
        var from = noLines().objectNode().put("channel", history.anyOf("web", "web", "app", "store"));
        if (history.happens(0.8)) {
            from.put("country", history.anyOf("DE", "DE", "FR", "GB"));
        }
        if (history.happens(0.4)) {
            from.put("platform", history.anyOf("meta", "google", "tiktok"));
            from.put("campaign_id", "k" + history.between(1, 6));
        }
        return from;
    }

    private ArrayNode lines() {
        var lines = noLines();
        int count = history.between(1, 4);
        for (int i = 0; i < count; i++) { // now and then two lines of one product
            var category = history.anyOf("coffee", "audio", "gifts", "a/b|c=d%e", "");
            var line = lines.addObject()
                    .put("sku", category + "-" + history.between(1, 4))
                    .put("quantity", history.between(1, 3))
                    .put("unit_price_minor", history.happens(0.03) ? 0 : history.between(1, 9_999));
            if (!category.isEmpty()) {
                line.put("category", category);
            }
            if (history.happens(0.9)) {
                line.put("unit_cost_minor", history.between(0, 4_000));
            }
        }
        return lines;
    }

    private ArrayNode some(ArrayNode lines, int less) {
        var some = noLines();
        for (var line : lines) {
            if (some.isEmpty() || history.happens(0.4)) {
                var taken = (ObjectNode) line.deepCopy();
                taken.put(
                        "quantity", history.between(1, taken.get("quantity").asInt() + (history.happens(0.1) ? 1 : 0)));
                taken.put(
                        "unit_price_minor",
                        Math.max(0, taken.get("unit_price_minor").asInt() - less));
                taken.remove("unit_cost_minor");
                some.add(taken);
            }
        }
        return some;
    }

    private ArrayNode noLines() {
        return history.head(CatalogueHistory.START).arrayNode();
    }
}

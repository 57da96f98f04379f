package io.touchpoint.sandbox.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** What one customer clicked on and complained about, and how to reach that customer. */
final class TouchLines {
    private final CatalogueHistory history;
    private final String customer;
    private final int days;

    TouchLines(CatalogueHistory history, String customer, int days) {
        this.history = history;
        this.customer = customer;
        this.days = days;
    }

    void add() {
        int clicks = history.between(0, 12);
        for (int i = 0; i < clicks; i++) {
            click();
        }
        int tickets = history.anyOf(0, 0, 0, 1, 1, 2);
        for (int i = 0; i < tickets; i++) {
            ticket();
        }
        int contacts = history.anyOf(0, 1, 1, 2, 3);
        for (int i = 0; i < contacts; i++) {
            contact();
        }
    }

    private void click() {
        var at = history.within(days);
        var click = history.event(customer, at)
                .put("click_id", history.id("click"))
                .put("platform", history.anyOf("meta", "google", "tiktok", "a/b|c=d%e"))
                .put("campaign_id", "k" + history.between(1, 6))
                .put("retargeting", history.happens(0.6));
        if (history.happens(0.9)) {
            var category = history.anyOf("coffee", "audio", "gifts");
            click.put("sku", category + "-" + history.between(1, 4)).put("category", category);
        } else if (history.happens(0.5)) {
            click.put("category", "coffee");
        }
        if (history.happens(0.9)) {
            click.put("cost_minor", history.between(0, 300)).put("currency", history.anyOf("EUR", "EUR", "USD"));
        }
        history.add("ad-clicks", click);
        if (history.happens(0.05)) { // reported again later, under another id
            var again = click.deepCopy().put("event_id", history.id("event"));
            again.put("occurred_at", at.plus(Duration.ofHours(5)).toString()).put("platform", "meta");
            history.add("ad-clicks", again);
        }
    }

    private void ticket() {
        var at = history.within(days);
        var ticket = history.id("ticket");
        var channel = history.anyOf("chat", "email");
        if (history.happens(0.95)) {
            step(at, ticket, "OPENED", "CUSTOMER", channel);
        }
        if (history.happens(0.3)) {
            step(history.after(at, Duration.ofHours(3)), ticket, "REPLIED", "CUSTOMER", channel);
        }
        var replied = history.after(at, Duration.ofHours(30));
        step(replied, ticket, "REPLIED", history.happens(0.5) ? "AGENT" : null, history.anyOf("chat", "email"));
        if (history.happens(0.8)) {
            var resolved = history.after(replied, Duration.ofDays(3));
            step(resolved, ticket, "RESOLVED", "AGENT", channel);
            if (history.happens(0.3)) { // a courtesy changes nothing, also at the same instant
                step(history.after(resolved, Duration.ofHours(2)), ticket, "REPLIED", "AGENT", channel);
            }
            if (history.happens(0.3)) {
                var reopened = history.after(resolved, Duration.ofDays(5));
                step(reopened, ticket, "REOPENED", "CUSTOMER", channel);
                if (history.happens(0.6)) {
                    step(history.after(reopened, Duration.ofDays(5)), ticket, "RESOLVED", null, channel);
                }
            }
            if (history.happens(0.3)) {
                step(history.after(resolved, Duration.ofDays(9)), ticket, "CLOSED", null, channel);
            }
        }
        if (history.happens(0.05)) { // said again later, under another id
            step(at.plus(Duration.ofHours(1)), ticket, "OPENED", "CUSTOMER", channel);
        }
    }

    private void step(Instant at, String ticket, String status, String author, String channel) {
        ObjectNode step = history.event(customer, at)
                .put("ticket_id", ticket)
                .put("status", status)
                .put("topic", "delivery")
                .put("priority", "NORMAL")
                .put("channel", channel);
        if (author != null) {
            step.put("author", author);
        }
        history.add("support", step);
    }

    private void contact() {
        var contact = history.event(customer, history.within(days))
                .put("country", "DE")
                .put("ad_consent", history.anyOf("GRANTED", "GRANTED", "DENIED", "UNKNOWN"))
                .put("created_at", CatalogueHistory.START.toString());
        var emails = contact.putArray("emails");
        var phones = contact.putArray("phones");
        switch (history.between(0, 5)) {
            case 0, 1 -> emails.add(customer + "@example.com");
            case 2 -> phones.add("+4930901820");
            case 3 -> emails.add("  ").add("no address");
            case 4 -> emails.add("6d".repeat(32));
            default -> phones.add("12");
        }
        history.add("customers", contact);
    }
}

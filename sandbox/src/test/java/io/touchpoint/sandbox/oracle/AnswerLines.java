package io.touchpoint.sandbox.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** Invitations to one customer and answers, on scales of all kinds; some of them edited, withdrawn, or given again after that. */
final class AnswerLines {
    private static final String TOPIC = "surveys";

    private final CatalogueHistory history;
    private final String customer;
    private final int days;

    AnswerLines(CatalogueHistory history, String customer, int days) {
        this.history = history;
        this.customer = customer;
        this.days = days;
    }

    void add() {
        int answers = history.anyOf(0, 1, 2, 4, 6);
        for (int i = 0; i < answers; i++) {
            answer();
        }
        int invitations = history.anyOf(0, 0, 1, 2);
        for (int i = 0; i < invitations; i++) {
            invitation();
        }
    }

    private String invitation() {
        var invitation = history.id("invitation");
        var invited = history.event(customer, history.within(days))
                .put("invitation_id", invitation)
                .put("kind", "NPS")
                .put("touchpoint", history.anyOf("post-purchase", "support"))
                .put("channel", history.anyOf("email", "app"));
        history.add("invitations", invited);
        return invitation;
    }

    private void answer() {
        var at = history.within(days);
        var kind = history.anyOf("NPS", "NPS", "CSAT", "CES");
        var answer = history.event(customer, at)
                .put("response_id", history.id("response"))
                .put("kind", kind)
                .put("withdrawn", false);
        if (history.happens(0.3)) {
            answer.put("invitation_id", history.happens(0.9) ? invitation() : "unknown");
        }
        say(answer, kind);
        history.add(TOPIC, answer);
        for (var later = at; history.happens(0.25); ) {
            later = history.after(later, Duration.ofDays(20));
            answer = answer.deepCopy()
                    .put("event_id", history.id("event"))
                    .put("occurred_at", later.toString())
                    .put("withdrawn", history.happens(0.4));
            if (!answer.get("withdrawn").asBoolean()) {
                say(answer, kind);
            }
            history.add(TOPIC, answer);
        }
    }

    private void say(ObjectNode answer, String kind) {
        answer.put("touchpoint", history.anyOf("post-purchase", "support", "app"));
        answer.put("channel", history.anyOf("email", "chat"));
        if (history.happens(0.7)) {
            answer.put("country", history.anyOf("DE", "FR", "GB"));
        }
        int least = kind.equals("NPS") ? 0 : history.anyOf(1, 1, 0);
        int greatest = kind.equals("NPS") ? history.anyOf(10, 10, 10, 10, 10, 5) : history.anyOf(5, 7, 10);
        answer.put("scale_min", least).put("scale_max", greatest);
        answer.put("score", history.between(least, greatest));
        answer.put("higher_is_better", kind.equals("NPS") || history.happens(0.8));
    }
}

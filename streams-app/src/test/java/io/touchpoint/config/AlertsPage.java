package io.touchpoint.config;

import io.touchpoint.domain.alert.AlertRule;

/** Writes docs/alerts.md from the keys and the rules that are shipped. */
final class AlertsPage {

    private AlertsPage() {}

    static String text() {
        var page = new StringBuilder("""
                <!-- Generated from io.touchpoint.config.AlertFile and the shipped alerts.yaml; do not edit. -->
                # Alerts

                The topic `alerts` says when something is wrong and when it is over: of each incident one record FIRING and one
                RESOLVED, keyed `rule|segment`, also across crashes and restarts. The same is in the stream (`/api/v1/stream?kinds=alert`), at
                `/api/v1/alerts` (what is open, and what was told last), on the dashboard and in `touchpoint watch`.

                The rules stand in a YAML file: `alerts.file` names it, `replay --alerts FILE` takes one too, else those below hold. A
                wrong one is refused at the start, with file, key, value and what was expected.

                ```yaml
                rules:
                  csat-web: { kpi: csat, segment: "channel=web", window: P7D, below: 60, clear: 65, min-n: 50, for: PT1H }
                ```

                ## Keys of a rule

                | key | expected | meaning |
                | --- | --- | --- |
                """);
        AlertFile.KEYS.forEach(key -> page.append("| `")
                .append(key.name())
                .append("` | ")
                .append(key.expected())
                .append(" | ")
                .append(key.meaning())
                .append(" |\n"));
        page.append("""

                ## The rules that are shipped

                | rule | KPI | segment | window | fires when | over when | min-n | for | in a replay |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        var shipped = AlertFile.shipped();
        var inReplays = shipped.inReplays().rules();
        shipped.rules().forEach(rule -> page.append(row(rule, inReplays.contains(rule))));
        shipped.callBack()
                .ifPresent(rule -> page.append("| `")
                        .append(rule)
                        .append(
                                "` | `nps` | each customer | none | the latest answer is 0 to 6 | see `call-back` above |"
                                        + " 1 | none | yes |\n"));
        page.append("""

                ## How it is judged

                - **When.** Each value as it is published, at most once a second, and as time passes: a window that ages and a `for` that has
                  lasted need no event. A `for` starts anew when the condition breaks.
                - **Hysteresis.** Between the line and `clear` nothing changes, so a value that wanders about the line is one incident.
                - **Gaps.** A value with too small an n says nothing: it does not fire, and what has fired goes on until that has been so for as long as
                  the window is long. A rule that is taken out of the file ends its incidents at the next start.
                - **Change.** The window and the one before it have no person in common, and the interval of the difference must leave out 0. For NPS it is
                  made of the adjusted scores (n + 3, P + ¾, D + ¾): their difference ± z · √(v₁/(n₁+3) + v₂/(n₂+3)), v = P + D − (P − D)², Rocks, The
                  American Statistician 70 (2016). For shares it is Newcombe's method 10 on the two Wilson intervals, Statistics in Medicine 17
                  (1998). Both windows need `min-n`. What has fired is over when the interval of the `clear` confidence holds 0. As the window
                  before moves on too, a drop that stays is over once it is the usual.
                - **Call-backs.** One incident for each customer, `call-back|customer=ID`, as long as the suppression by reason DETRACTOR
                  lasts; an erasure ends it.
                - **Replay.** Time is that of the events, and values are judged at the end of every minute in which something came, and of every hour
                  (every minute, where a rule looks at `PT1H`), by what was known then. What depends on the machine is left out: KPIs of arrival, the
                  pipeline's own account, churn levels, and what rests on spend or leads. The file is the same however the lines are shuffled.
                - **At a new rule.** It knows the windows at once; a comparison needs the window before, which is kept from then on where the KPI has no
                  longer window, so it says nothing until then.
                """);
        return page.toString();
    }

    private static String row(AlertRule rule, boolean inReplays) {
        return "| `" + rule.id() + "` | `" + rule.kpi().id() + "` | `"
                + rule.segments().text() + "` | " + rule.window().id() + " | "
                + rule.condition().text() + " | " + rule.condition().clearText() + " | " + rule.leastN() + " | "
                + (rule.lasts().isZero() ? "none" : rule.lasts()) + " | " + (inReplays ? "yes" : "no") + " |\n";
    }
}

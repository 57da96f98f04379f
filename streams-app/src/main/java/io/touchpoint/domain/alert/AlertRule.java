package io.touchpoint.domain.alert;

import io.touchpoint.domain.catalogue.Interval;
import io.touchpoint.domain.catalogue.Kpi;
import io.touchpoint.domain.catalogue.RollingWindow;
import io.touchpoint.domain.catalogue.WatchedWindow;
import io.touchpoint.domain.policy.InvalidPolicyException;
import java.time.Duration;
import java.util.List;

/**
 * When a KPI raises an alert.
 *
 * @param id lower-case, hyphenated; as it stands in keys
 * @param segments whose values are looked at, each by itself
 * @param leastN how many observations a value must rest on to count
 * @param lasts how long the condition must hold without a break
 */
public record AlertRule(
        String id,
        Kpi kpi,
        RollingWindow window,
        SegmentPattern segments,
        Condition condition,
        long leastN,
        Duration lasts) {

    private static final Duration LONGEST = Duration.ofDays(90);

    /**
     * A rule about the segments of a pattern.
     *
     * @param segments see {@link SegmentPattern}
     * @throws InvalidPolicyException when the KPI has no such segment, the condition does not fit it, or a value is out of range
     */
    public static AlertRule of(
            String id,
            Kpi kpi,
            RollingWindow window,
            String segments,
            Condition condition,
            long leastN,
            Duration lasts) {
        return new AlertRule(
                id, kpi, window, SegmentPattern.of(segments, kpi.rolling().dimensions()), condition, leastN, lasts);
    }

    /** @throws InvalidPolicyException when the condition does not fit the KPI, or a value is out of range */
    public AlertRule {
        if (condition.compares() && kpi.interval() == Interval.NONE) {
            throw new InvalidPolicyException("change", kpi.id(), "a KPI with an interval, such as nps or csat");
        }
        if (leastN < 1) {
            throw new InvalidPolicyException("min-n", leastN, "a whole number, 1 or more");
        }
        if (lasts.isNegative() || lasts.compareTo(LONGEST) > 0) {
            throw new InvalidPolicyException("for", lasts, "a duration from PT0S to P90D");
        }
    }

    WatchedWindow watched() {
        return new WatchedWindow(kpi.id(), segments.dimension(), window, condition.compares());
    }

    /** How long a value may be missing before what has fired is over: then the window holds nothing of that time any more. */
    long longestGap() {
        long minutes = switch (window.resolution()) {
            case MINUTE -> window.panes();
            case HOUR -> 60L * window.panes();
            case DAY -> 24L * 60 * window.panes();
            case EVER -> 0;
        };
        return Duration.ofMinutes(minutes).toMillis();
    }

    /** Those that can be judged in a replay: all of whose facts say what led to them. */
    static List<AlertRule> inReplays(List<AlertRule> rules) {
        return rules.stream()
                .filter(rule ->
                        rule.kpi().rolling().formula().measures().stream().allMatch(Causes::areKnown))
                .toList();
    }
}

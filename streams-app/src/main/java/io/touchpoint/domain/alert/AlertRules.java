package io.touchpoint.domain.alert;

import io.touchpoint.domain.policy.InvalidPolicyException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What raises alerts.
 *
 * @param rules about KPIs, in the order of the file
 * @param callBack id of the rule by which a detractor wants a call back; empty for none
 */
public record AlertRules(List<AlertRule> rules, Optional<String> callBack) {
    /** Nothing does. */
    public static final AlertRules NONE = new AlertRules(List.of(), Optional.empty());

    private static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";

    /** @throws InvalidPolicyException when an id cannot stand in keys, or stands twice */
    public AlertRules {
        rules = List.copyOf(rules);
        Set<String> ids = new HashSet<>();
        rules.forEach(rule -> check(rule.id(), ids));
        callBack.ifPresent(id -> check(id, ids));
    }

    private static void check(String id, Set<String> ids) {
        if (!id.matches(ID)) {
            throw new InvalidPolicyException(id, "a name", "lower-case letters and digits, with hyphens between");
        }
        if (!ids.add(id)) {
            throw new InvalidPolicyException(id, "there twice", "each rule once");
        }
    }

    /** Those about KPIs that are counted. */
    public AlertRules about(Predicate<String> counted) {
        return new AlertRules(
                rules.stream().filter(rule -> counted.test(rule.kpi().id())).toList(), callBack);
    }

    /** Those that can be judged where time is that of the events: all of whose facts say what led to them. */
    public AlertRules inReplays() {
        return new AlertRules(AlertRule.inReplays(rules), callBack);
    }
}

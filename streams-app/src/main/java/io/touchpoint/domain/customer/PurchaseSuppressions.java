package io.touchpoint.domain.customer;

import io.touchpoint.domain.customer.PurchaseLedger.Holding;
import io.touchpoint.domain.policy.CategoryRule;
import io.touchpoint.domain.policy.SuppressionRules;
import io.touchpoint.records.SuppressionScope;
import io.touchpoint.records.state.Click;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.PublishedSuppression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which products and categories a customer is spared because of what was bought, by the rules of one policy. */
final class PurchaseSuppressions {

    private record Rule(boolean wholeCategory, long coolDown) {
        static Rule of(CategoryRule rule) {
            return new Rule(
                    rule.scope() == SuppressionScope.CATEGORY, rule.coolDown().toMillis());
        }
    }

    private final Map<String, Rule> categories = new HashMap<>();
    private final Rule otherCategories;
    private final Rule noCategory;
    private final long tombstoneAfter;

    PurchaseSuppressions(SuppressionRules rules, long tombstoneAfter) {
        rules.categories().forEach((category, rule) -> categories.put(category, Rule.of(rule)));
        this.otherCategories = Rule.of(rules.defaultRule());
        this.noCategory = Rule.of(rules.rule(null));
        this.tombstoneAfter = tombstoneAfter;
    }

    private Rule rule(HeldLine line) {
        return line.getCategory() == null ? noCategory : categories.getOrDefault(line.getCategory(), otherCategories);
    }

    /** {@return milliseconds for which a line is suppressed from its payment on} */
    long coolDown(HeldLine line) {
        return rule(line).coolDown();
    }

    /** {@return whether the advertised product or category was suppressed at the time of a click} */
    boolean suppressed(PurchaseLedger ledger, Click click) {
        Holding sku = null;
        Holding category = null;
        for (var holding : ledger.holdings()) {
            if (holding.paidAt > click.getAt()) {
                break;
            }
            if (holding.left > 0 || holding.takenAt() > click.getAt()) {
                if (!rule(holding.bought).wholeCategory()) {
                    sku = holding.bought.getSku().equals(click.getSku()) ? holding : sku;
                } else if (holding.bought.getCategory().equals(click.getCategory())) {
                    category = holding;
                }
            }
        }
        return holds(sku, click.getAt()) || holds(category, click.getAt());
    }

    private boolean holds(Holding newest, long instant) {
        return newest != null && newest.paidAt + coolDown(newest.bought) > instant;
    }

    /**
     * {@return how every suppression of a customer runs}
     *
     * @param published what consumers were told, which is brought together with the suppressions it speaks of
     */
    PurchaseCourses courses(PurchaseLedger ledger, List<PublishedSuppression> published) {
        var courses = new PurchaseCourses(tombstoneAfter);
        for (var holding : ledger.holdings()) {
            var rule = rule(holding.bought);
            holding.course = rule.wholeCategory()
                    ? courses.of(SuppressionScope.CATEGORY, holding.bought.getCategory())
                    : courses.of(SuppressionScope.SKU, holding.bought.getSku());
            holding.course.add(holding, rule.coolDown());
        }
        for (var mention : ledger.mentions()) {
            mention.holding().course.mention(mention.take());
        }
        for (var course : courses.all()) {
            if (course.severalCoolDowns()) {
                course.endedAmong(of(course, ledger), this);
            }
        }
        courses.link(published);
        return courses;
    }

    private static List<Holding> of(PurchaseCourse course, PurchaseLedger ledger) {
        return ledger.holdings().stream()
                .filter(holding -> holding.course == course)
                .toList();
    }
}

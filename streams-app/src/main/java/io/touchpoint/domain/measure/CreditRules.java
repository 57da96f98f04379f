package io.touchpoint.domain.measure;

import io.touchpoint.domain.policy.AttributionRules;
import io.touchpoint.records.state.AttributionTerms;

/**
 * By which an order is shared out among the clicks before it, for good: what is taken back later is split as it was earned.
 *
 * @param paths the clicks that earn
 * @param halfLife milliseconds, for time decay
 */
record CreditRules(ClickPaths paths, long halfLife) {

    static CreditRules of(AttributionRules rules) {
        return new CreditRules(
                new ClickPaths(rules.lookback().toMillis()), rules.halfLife().toMillis());
    }

    static CreditRules of(AttributionTerms terms) {
        return new CreditRules(new ClickPaths(terms.getLookback()), terms.getHalfLife());
    }
}

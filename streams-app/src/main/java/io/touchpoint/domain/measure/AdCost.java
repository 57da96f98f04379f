package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.records.state.Click;

/** What a click on retargeting cost, and whether it was paid in vain: for a product that was suppressed then because it had been bought. */
record AdCost(long at, String platform, String campaign, long cost, String currency, boolean leaked) {

    /** {@return null for a click that is none, or of unknown cost} */
    static AdCost of(Click click, boolean leaked) {
        return click.getRetargeting() && click.getCost() != null && click.getCost() != 0
                ? new AdCost(
                        click.getAt(),
                        click.getPlatform(),
                        click.getCampaignId(),
                        click.getCost(),
                        click.getCurrency(),
                        leaked)
                : null;
    }

    void count(int sign, MoneyNames names, FactSink facts) {
        count(names.retargetingCost, sign, facts);
        if (leaked) {
            count(names.leakCost, sign, facts);
        }
    }

    void countLeak(int sign, MoneyNames names, FactSink facts) {
        count(names.leakCost, sign, facts);
    }

    private void count(String measure, int sign, FactSink facts) {
        facts.fact(measure, Facts.ALL, "", at, sign * cost);
        facts.fact(measure, Dimensions.PLATFORM, platform, at, sign * cost);
        facts.fact(measure, Dimensions.CAMPAIGN, campaign, at, sign * cost);
    }
}

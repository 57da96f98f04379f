package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.domain.measure.PaidOrders.Change;
import io.touchpoint.records.state.Click;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The UTC days on which a customer clicked, at the first click of the day, and those of them that led to an order: the first PAID from then on is no further away than a
 * click counts. In a platform or campaign by the clicks of that one. A day of which clicks may have been let go stays as it was counted.
 */
final class ClickDays {

    private static final String CLICK_DAYS = Measures.CLICK_DAYS.id();
    private static final String CONVERTED = Measures.CONVERTED_CLICK_DAYS.id();
    private static final long NONE = Long.MAX_VALUE;

    private final ClickPaths paths;

    ClickDays(ClickPaths paths) {
        this.paths = paths;
    }

    /** The first click of a day in one segment, before the clicks change. */
    private record First(long day, String dimension, String value, long at) {}

    /** What is to be looked at again after the clicks changed. */
    static final class Probe {
        private final List<First> firsts = new ArrayList<>(3);
        private final long added;

        private Probe(long added) {
            this.added = added;
        }
    }

    /**
     * @param old the click as it was kept, null when it is new
     * @param now the click as it will be
     * @param floor epoch milliseconds up to which clicks may have been let go
     */
    Probe before(List<Click> clicks, Click old, Click now, long floor) {
        var probe = new Probe(old == null ? now.getAt() : NONE);
        add(probe, clicks, now, floor);
        if (old != null) {
            add(probe, clicks, old, floor);
        }
        return probe;
    }

    private static void add(Probe probe, List<Click> clicks, Click click, long floor) {
        long day = PaidOrders.startOfDay(click.getAt());
        if (day <= floor) {
            return;
        }
        long all = NONE;
        long platform = NONE;
        long campaign = NONE;
        for (var other : clicks) {
            long at = other.getAt();
            if (at >= day && at < day + PaidOrders.DAY) {
                all = Math.min(all, at);
                platform = other.getPlatform().equals(click.getPlatform()) ? Math.min(platform, at) : platform;
                campaign = other.getCampaignId().equals(click.getCampaignId()) ? Math.min(campaign, at) : campaign;
            }
        }
        add(probe, new First(day, Facts.ALL, "", all));
        add(probe, new First(day, Dimensions.PLATFORM, click.getPlatform(), platform));
        add(probe, new First(day, Dimensions.CAMPAIGN, click.getCampaignId(), campaign));
    }

    private static void add(Probe probe, First first) {
        if (!probe.firsts.contains(first)) {
            probe.firsts.add(first);
        }
    }

    void after(Probe probe, List<Click> clicks, PaidOrders orders, FactSink facts) {
        for (var first : probe.firsts) {
            long now = probe.added == NONE ? first(clicks, first) : Math.min(first.at, probe.added);
            if (now != first.at) {
                count(first, first.at, -1, orders, facts);
                count(first, now, 1, orders, facts);
            }
        }
    }

    private static long first(List<Click> clicks, First of) {
        long first = NONE;
        for (var click : clicks) {
            long at = click.getAt();
            if (at >= of.day && at < of.day + PaidOrders.DAY && at < first && in(click, of.dimension, of.value)) {
                first = at;
            }
        }
        return first;
    }

    private static boolean in(Click click, String dimension, String value) {
        return switch (dimension) {
            case Dimensions.PLATFORM -> click.getPlatform().equals(value);
            case Dimensions.CAMPAIGN -> click.getCampaignId().equals(value);
            default -> true;
        };
    }

    private void count(First first, long at, int sign, PaidOrders orders, FactSink facts) {
        if (at != NONE) {
            facts.fact(CLICK_DAYS, first.dimension, first.value, at, sign);
            if (converted(at, orders)) {
                facts.fact(CONVERTED, first.dimension, first.value, at, sign);
            }
        }
    }

    private boolean converted(long at, PaidOrders orders) {
        return orders.anyWithin(at, at + paths.lookback());
    }

    /** Tells the days that a payment converted, or no longer does. */
    void convert(Change change, PaidOrders before, PaidOrders after, List<Click> clicks, long floor, FactSink facts) {
        if (clicks.isEmpty()) {
            return;
        }
        long was = change.before() == null ? change.after().paidAt : change.before().paidAt;
        long is = change.after() == null ? was : change.after().paidAt;
        long from = Math.min(was, is) - paths.lookback();
        var near = near(clicks, Math.max(PaidOrders.startOfDay(from), floor + 1), Math.max(was, is));
        for (int i = 0; i < near.size(); i++) {
            long at = near.get(i).getAt();
            if (at >= from && PaidOrders.startOfDay(at) > floor) {
                int turn = (converted(at, after) ? 1 : 0) - (converted(at, before) ? 1 : 0);
                if (turn != 0) {
                    turn(near, i, turn, facts);
                }
            }
        }
    }

    private static List<Click> near(List<Click> clicks, long from, long to) {
        List<Click> near = List.of();
        for (var click : clicks) {
            if (click.getAt() >= from && click.getAt() <= to) {
                near = near.isEmpty() ? new ArrayList<>(4) : near;
                near.add(click);
            }
        }
        if (near.size() > 1) {
            near.sort(Comparator.comparingLong(Click::getAt));
        }
        return near;
    }

    /** A click speaks for its day in those segments in which no other came before it. */
    private static void turn(List<Click> near, int index, int turn, FactSink facts) {
        var click = near.get(index);
        boolean platform = true;
        boolean campaign = true;
        boolean all = true;
        long day = PaidOrders.startOfDay(click.getAt());
        for (int i = index - 1; i >= 0 && near.get(i).getAt() >= day; i--) {
            all = false;
            platform &= !near.get(i).getPlatform().equals(click.getPlatform());
            campaign &= !near.get(i).getCampaignId().equals(click.getCampaignId());
        }
        if (all) {
            facts.fact(CONVERTED, Facts.ALL, "", click.getAt(), turn);
        }
        if (platform) {
            facts.fact(CONVERTED, Dimensions.PLATFORM, click.getPlatform(), click.getAt(), turn);
        }
        if (campaign) {
            facts.fact(CONVERTED, Dimensions.CAMPAIGN, click.getCampaignId(), click.getAt(), turn);
        }
    }
}

package io.touchpoint.domain.measure;

import io.touchpoint.domain.attribution.AttributionModel;
import io.touchpoint.domain.attribution.Shares;
import io.touchpoint.domain.attribution.Touch;
import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which click earned what of an order, under every model. What is told is the difference between two splits: of what was left of the order then over the clicks known then,
 * and of what is left now over those known now. So the credits of an order add up to its net amount, and a full return ends at 0 for every touch.
 */
final class CreditMeasures {

    private static final AttributionModel[] MODELS = AttributionModel.values();

    private final MoneyNames.Book names;

    CreditMeasures(MoneyNames.Book names) {
        this.names = names;
    }

    /** An order, and the clicks on the way to it. */
    record Earned(PaidOrder order, List<Touch> path) {
        Shares[] shares() {
            return AttributionModel.shares(path, order.rules.halfLife());
        }
    }

    /** The touches of both sides, each once, and the segments they fall in. */
    private static final class Union {
        final List<Touch> touches = new ArrayList<>();
        private final int[][] places = new int[2][];
        /** Whether a click may be among them as it was and as it is. */
        final boolean moved;

        final Segments platforms;
        final Segments campaigns;

        Union(Earned before, Earned after) {
            moved = before != null && after != null && !before.path.equals(after.path);
            if (!moved) {
                touches.addAll(before == null ? after.path : before.path);
            } else {
                var known = new HashMap<Touch, Integer>();
                places[0] = place(before.path, known);
                places[1] = place(after.path, known);
            }
            platforms = new Segments(Dimensions.PLATFORM, touches, Touch::platform);
            campaigns = new Segments(Dimensions.CAMPAIGN, touches, Touch::campaign);
        }

        private int[] place(List<Touch> path, HashMap<Touch, Integer> known) {
            var at = new int[path.size()];
            for (int i = 0; i < at.length; i++) {
                var touch = path.get(i);
                Integer place = known.get(touch);
                if (place == null) {
                    place = touches.size();
                    known.put(touch, place);
                    touches.add(touch);
                }
                at[i] = place;
            }
            return at;
        }

        void add(long[] sums, int side, long[] amounts, int sign) {
            for (int i = 0; i < amounts.length; i++) {
                sums[places[side] == null ? i : places[side][i]] += sign * amounts[i];
            }
        }

        void addAny(long[] counts, int side, Shares shares, int amount) {
            for (int i = 0; i < shares.size(); i++) {
                if (shares.any(i)) {
                    counts[places[side] == null ? i : places[side][i]] = amount;
                }
            }
        }
    }

    /** Credits of one order that are told once, whatever they are made up of. */
    private static final class Netted implements CreditSink {

        private record Key(AttributionModel model, Touch touch, String currency) {}

        private final Map<Key, Long> amounts = new LinkedHashMap<>();

        @Override
        public void credit(String orderId, AttributionModel model, Touch touch, long amount, String currency) {
            amounts.merge(new Key(model, touch, currency), amount, Long::sum);
        }

        void tell(String orderId, CreditSink credits) {
            amounts.forEach((key, amount) -> {
                if (amount != 0) {
                    credits.credit(orderId, key.model, key.touch, amount, key.currency);
                }
            });
        }
    }

    /** The values of one dimension among some touches. */
    private static final class Segments {
        final String dimension;
        final List<String> values = new ArrayList<>(2);
        final int[] of;

        Segments(String dimension, List<Touch> touches, Function<Touch, String> value) {
            this.dimension = dimension;
            this.of = new int[touches.size()];
            for (int i = 0; i < of.length; i++) {
                var name = value.apply(touches.get(i));
                of[i] = values.indexOf(name);
                if (of[i] < 0) {
                    of[i] = values.size();
                    values.add(name);
                }
            }
        }

        long[] sums(long[] amounts) {
            var sums = new long[values.size()];
            for (int i = 0; i < amounts.length; i++) {
                sums[of[i]] += amounts[i];
            }
            return sums;
        }

        long[] most(long[] amounts) {
            var most = new long[values.size()];
            for (int i = 0; i < amounts.length; i++) {
                most[of[i]] = Math.max(most[of[i]], amounts[i]);
            }
            return most;
        }
    }

    /**
     * @param before null where the order was not paid
     * @param after null where it is not
     * @param credits takes what each touch earned more or less
     */
    void tell(Earned before, Earned after, FactSink facts, CreditSink credits) {
        if (before != null && after != null && !before.order.samePayment(after.order)) {
            var net = new Netted();
            tell(before, null, facts, net);
            tell(null, after, facts, net);
            net.tell(after.order.orderId, credits);
            return;
        }
        var union = new Union(before, after);
        var sharesBefore = before == null ? null : before.shares();
        var sharesAfter = after == null ? null : after.shares();
        var order = after == null ? before.order : after.order;
        for (var model : MODELS) {
            var was = sharesBefore == null ? null : sharesBefore[model.ordinal()];
            var is = sharesAfter == null ? null : sharesAfter[model.ordinal()];
            for (var currency : currencies(before, after)) {
                var sums = new long[union.touches.size()];
                if (was != null) {
                    union.add(sums, 0, was.split(before.order.net(currency)), -1);
                }
                if (is != null) {
                    union.add(sums, 1, is.split(after.order.net(currency)), 1);
                }
                credits(order, model, currency, union, sums, credits);
                facts(names.in(currency).credit[model.ordinal()], order.paidAt, union, sums, facts);
                var margins = new long[sums.length];
                if (was != null) {
                    union.add(margins, 0, was.split(before.order.margin(currency)), -1);
                }
                if (is != null) {
                    union.add(margins, 1, is.split(after.order.margin(currency)), 1);
                }
                facts(names.in(currency).margin[model.ordinal()], order.paidAt, union, margins, facts);
            }
            uncosted(names.in(order.currency).uncosted[model.ordinal()], before, was, after, is, union, facts);
        }
    }

    private static List<String> currencies(Earned before, Earned after) {
        if (before == null || after == null) {
            return (before == null ? after : before).order.currencies();
        }
        var currencies = new ArrayList<>(after.order.currencies());
        for (var currency : before.order.currencies()) {
            if (!currencies.contains(currency)) {
                currencies.add(currency);
            }
        }
        return currencies;
    }

    private static void credits(
            PaidOrder order, AttributionModel model, String currency, Union union, long[] sums, CreditSink credits) {
        for (int i = 0; i < sums.length; i++) {
            long amount = union.moved ? movedInto(union.touches, i, sums) : sums[i];
            if (amount != 0) {
                credits.credit(order.orderId, model, union.touches.get(i), amount, currency);
            }
        }
    }

    /** {@return what a click earned as it was and as it is, told of it as it is: it is one click} */
    private static long movedInto(List<Touch> touches, int touch, long[] sums) {
        long amount = 0;
        for (int i = 0; i < sums.length; i++) {
            if (touches.get(i).clickId().equals(touches.get(touch).clickId())) {
                if (i > touch) {
                    return 0;
                }
                amount += sums[i];
            }
        }
        return amount;
    }

    private static void facts(String measure, long at, Union union, long[] sums, FactSink facts) {
        long all = 0;
        for (long sum : sums) {
            all += sum;
        }
        fact(measure, Facts.ALL, "", at, all, facts);
        segments(measure, at, union.platforms, union.platforms.sums(sums), facts);
        segments(measure, at, union.campaigns, union.campaigns.sums(sums), facts);
    }

    private static void segments(String measure, long at, Segments segments, long[] sums, FactSink facts) {
        for (int i = 0; i < sums.length; i++) {
            fact(measure, segments.dimension, segments.values.get(i), at, sums[i], facts);
        }
    }

    private static void fact(String measure, String dimension, String value, long at, long amount, FactSink facts) {
        if (amount != 0) {
            facts.fact(measure, dimension, value, at, amount);
        }
    }

    /** The lines without a cost count wholly wherever a touch has a share in their order. */
    private static void uncosted(
            String measure, Earned before, Shares was, Earned after, Shares is, Union union, FactSink facts) {
        if ((was == null || before.order.uncosted() == 0) && (is == null || after.order.uncosted() == 0)) {
            return;
        }
        var old = new long[union.touches.size()];
        var now = new long[old.length];
        if (was != null) {
            union.addAny(old, 0, was, before.order.uncosted());
        }
        if (is != null) {
            union.addAny(now, 1, is, after.order.uncosted());
        }
        long at = (after == null ? before : after).order.paidAt;
        long all = (is == null ? 0 : after.order.uncosted()) - (was == null ? 0 : before.order.uncosted());
        fact(measure, Facts.ALL, "", at, all, facts);
        for (var segments : List.of(union.platforms, union.campaigns)) {
            var more = segments.most(now);
            var less = segments.most(old);
            for (int i = 0; i < more.length; i++) {
                fact(measure, segments.dimension, segments.values.get(i), at, more[i] - less[i], facts);
            }
        }
    }
}

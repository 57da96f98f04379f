package io.touchpoint.domain.attribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the paths of channels that customers walked, from their clicks and paid orders in order of time. A click belongs to one path at most:
 *
 * <ul>
 *   <li>An order ends the path of the clicks since the order before it that lie within the lookback: a conversion.
 *   <li>Clicks with no order within the lookback after them led to nothing; where two of them lie further apart than the lookback, another path begins.
 *   <li>Clicks of which the lookback has not passed at the end of the observation are still open, and say nothing yet.
 * </ul>
 *
 * <p>An order counts as converted whatever became of it later. Not thread-safe.
 */
public final class ClickWalks {

    private final long lookback;
    private final Map<List<String>, PathCount> paths = new LinkedHashMap<>();
    private final Map<String, Walk> walks = new HashMap<>();
    private long unclicked;
    private long open;

    private record Step(String channel, long at) {}

    /** What is known of one customer. */
    private static final class Walk {
        final Set<String> clicks = new HashSet<>();
        final Set<String> orders = new HashSet<>();
        final List<Step> steps = new ArrayList<>();
    }

    /** @param lookback milliseconds for which a click counts for an order after it */
    public ClickWalks(long lookback) {
        this.lookback = lookback;
    }

    /** A customer clicked. Of one click that comes again the first counts. */
    public void click(String customer, String click, String channel, long at) {
        var walk = walks.computeIfAbsent(customer, id -> new Walk());
        if (walk.clicks.add(click)) {
            walk.steps.add(new Step(channel, at));
        }
    }

    /** A customer paid for an order. Of an order that is paid again the first time counts. */
    public void paid(String customer, String order, long at) {
        var walk = walks.computeIfAbsent(customer, id -> new Walk());
        if (!walk.orders.add(order)) {
            return;
        }
        int from = 0;
        while (from < walk.steps.size() && walk.steps.get(from).at < at - lookback) {
            from++;
        }
        ledNowhere(walk.steps.subList(0, from));
        if (from == walk.steps.size()) {
            unclicked++;
        } else {
            count(walk.steps.subList(from, walk.steps.size()), new PathCount(1, 0));
        }
        walk.steps.clear();
    }

    /** A customer is forgotten: what was counted stays, what was still open is gone. */
    public void erased(String customer) {
        walks.remove(customer);
    }

    /** The observation of the customers so far ends; what is not over yet stays out. */
    public void end(long until) {
        for (var walk : walks.values()) {
            int from = walk.steps.size();
            while (from > 0 && walk.steps.get(from - 1).at >= until - lookback) {
                from--;
            }
            // A path that goes on is not over either.
            while (from > 0
                    && from < walk.steps.size()
                    && walk.steps.get(from).at - walk.steps.get(from - 1).at <= lookback) {
                from--;
            }
            ledNowhere(walk.steps.subList(0, from));
            open += from < walk.steps.size() ? 1 : 0;
        }
        walks.clear();
    }

    private void ledNowhere(List<Step> steps) {
        int begin = 0;
        for (int i = 1; i <= steps.size(); i++) {
            if (i == steps.size() || steps.get(i).at - steps.get(i - 1).at > lookback) {
                count(steps.subList(begin, i), new PathCount(0, 1));
                begin = i;
            }
        }
    }

    private void count(List<Step> steps, PathCount once) {
        paths.merge(steps.stream().map(Step::channel).toList(), once, PathCount::plus);
    }

    /** {@return how often each path was walked} */
    public Map<List<String>, PathCount> paths() {
        return Collections.unmodifiableMap(paths);
    }

    /** {@return how many orders had no click on their way} */
    public long unclicked() {
        return unclicked;
    }

    /** {@return how many paths were still open at the end of the observation} */
    public long open() {
        return open;
    }
}

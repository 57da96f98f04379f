package io.touchpoint.domain.measure;

import io.touchpoint.domain.attribution.Touch;
import io.touchpoint.records.state.Click;
import java.util.ArrayList;
import java.util.List;

/** The clicks on the way to an order: those of the time before its PAID that counts, both ends included. */
final class ClickPaths {

    private final long lookback;

    ClickPaths(long lookback) {
        this.lookback = lookback;
    }

    /** {@return milliseconds for which a click counts} */
    long lookback() {
        return lookback;
    }

    /** {@return whether a click of this time is on the way to an order paid then} */
    boolean leads(long clickAt, long paidAt) {
        return clickAt <= paidAt && clickAt >= paidAt - lookback;
    }

    /** {@return whether a click is on the way to an order paid then, as it is or as it was; null: there was none} */
    boolean lead(Click wasOrNull, Click is, long paidAt) {
        return leads(is.getAt(), paidAt) || wasOrNull != null && leads(wasOrNull.getAt(), paidAt);
    }

    /** {@return the clicks on the way to an order, in their order; {@link Touch#NO_CLICK} when there is none} */
    List<Touch> to(long paidAt, List<Click> clicks) {
        List<Touch> path = null;
        for (var click : clicks) {
            if (leads(click.getAt(), paidAt)) {
                path = path == null ? new ArrayList<>(4) : path;
                path.add(touch(click));
            }
        }
        if (path == null) {
            return Touch.NO_CLICK;
        }
        path.sort(Touch.CLICK_ORDER);
        return path;
    }

    /** {@return the last of them; {@link Touch#NONE} when there is none} */
    Touch last(long paidAt, List<Click> clicks) {
        Click last = null;
        for (var click : clicks) {
            if (leads(click.getAt(), paidAt)
                    && (last == null
                            || click.getAt() > last.getAt()
                            || click.getAt() == last.getAt()
                                    && click.getClickId().compareTo(last.getClickId()) > 0)) {
                last = click;
            }
        }
        return last == null ? Touch.NONE : touch(last);
    }

    private static Touch touch(Click click) {
        return new Touch(click.getClickId(), click.getAt(), click.getPlatform(), click.getCampaignId());
    }
}

package io.touchpoint.domain.attribution;

import io.touchpoint.domain.kpi.Dimensions;
import java.util.Comparator;
import java.util.List;

/**
 * An ad click on the way to an order.
 *
 * @param clickId the click, empty for {@link #NONE}
 * @param at epoch milliseconds
 * @param platform the ad platform
 * @param campaign the campaign
 */
public record Touch(String clickId, long at, String platform, String campaign) {

    /** What earns an order that no click preceded. */
    public static final Touch NONE = new Touch("", 0, Dimensions.NO_VALUE, Dimensions.NO_VALUE);

    /** The way that has no click on it. */
    public static final List<Touch> NO_CLICK = List.of(NONE);

    /** The order of clicks: by time, then by click. */
    public static final Comparator<Touch> CLICK_ORDER =
            Comparator.comparingLong(Touch::at).thenComparing(Touch::clickId);
}

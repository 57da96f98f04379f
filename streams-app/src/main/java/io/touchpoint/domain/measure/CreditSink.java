package io.touchpoint.domain.measure;

import io.touchpoint.domain.attribution.AttributionModel;
import io.touchpoint.domain.attribution.Touch;

/** Takes what a touch earned of an order. */
@FunctionalInterface
public interface CreditSink {

    /**
     * @param touch {@link Touch#NONE} where no click preceded the order
     * @param amount minor units, never 0; what it earned less when negative
     * @param currency of the amount
     */
    void credit(String orderId, AttributionModel model, Touch touch, long amount, String currency);
}

package io.touchpoint.domain.customer;

import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.ErasureRequest;
import java.time.Instant;

/** What is said of an erasure to those who must prove it; the customer is in it as a hash. */
final class Receipts {

    private static final int MOST_OF_A_NAME = 255;

    private Receipts() {}

    /**
     * {@return the receipt}
     *
     * @param profile whether a profile was deleted
     * @param suppressions how many were deleted
     * @param details how many events, or what was kept of them
     */
    static ErasureReceipt of(
            CustomerEvent event, ErasureRequest request, boolean profile, int suppressions, int details) {
        return new ErasureReceipt(
                CustomerHash.hex(event.customerId()),
                event.eventId(),
                shortened(request.getRequestedBy()),
                Instant.ofEpochMilli(event.occurredAt()),
                profile ? 1 : 0,
                suppressions,
                details);
    }

    /** An erasure is obeyed whatever it says, but not every text fits into a receipt. */
    private static String shortened(String text) {
        int characters = text.codePointCount(0, text.length());
        return characters <= MOST_OF_A_NAME ? text : text.substring(0, text.offsetByCodePoints(0, MOST_OF_A_NAME));
    }
}

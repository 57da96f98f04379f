package io.touchpoint.topology;

import io.touchpoint.records.state.EndMarker;
import io.touchpoint.serdes.Decoded;

/** What reaches the marketing fold. */
sealed interface MarketingArrival {

    /**
     * A record of spend or of a lead.
     *
     * @param decoded null for a null value
     */
    record Read(Decoded decoded) implements MarketingArrival {}

    /** Nothing follows. */
    record End(EndMarker marker) implements MarketingArrival {}
}

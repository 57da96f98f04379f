package io.touchpoint.sandbox.demo.summary;

import java.time.Instant;

/**
 * How a demo stands at one moment.
 *
 * @param at the moment
 * @param published events on the topics
 * @param folded those of them that the pipeline has committed
 * @param perSecond events folded a second, lately
 * @param summary what the output topics say
 */
public record DemoState(Instant at, long published, long folded, double perSecond, Summary summary) {
    /** Events that wait. */
    public long lag() {
        return Math.max(0, published - folded);
    }
}

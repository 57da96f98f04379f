package io.touchpoint.domain.activation;

/**
 * What waits for one audience.
 *
 * @param changes queued changes, those in a batch too
 * @param identifiers of them, counted as often as they occur
 * @param oldestMillis when the first of them came, epoch milliseconds; meaningless when there are none
 */
public record AudienceQueue(long changes, long identifiers, long oldestMillis) {

    static final AudienceQueue EMPTY = new AudienceQueue(0, 0, 0);

    AudienceQueue plus(int more, long nowMillis) {
        return new AudienceQueue(
                changes + 1, identifiers + more, changes == 0 ? nowMillis : Math.min(oldestMillis, nowMillis));
    }

    AudienceQueue minus(int fewer) {
        return changes <= 1 ? EMPTY : new AudienceQueue(changes - 1, identifiers - fewer, oldestMillis);
    }

    AudienceQueue since(long millis) {
        return new AudienceQueue(changes, identifiers, millis);
    }
}

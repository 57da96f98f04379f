package io.touchpoint.sandbox.replay;

import io.touchpoint.topics.Topic;
import java.time.Instant;
import java.util.Map;

/**
 * What a replay did.
 *
 * @param until where the clock stood at the end
 * @param events how many events of each input were published
 * @param repeated how many lines gave the very same event as another one, and were left out
 * @param leftOut how many events were left out because they occurred after {@code until}
 * @param importErrors how many lines could not be imported
 * @param files lines of each file that was written, by name
 */
public record ReplayReport(
        Instant until,
        Map<Topic<?>, Long> events,
        long repeated,
        long leftOut,
        long importErrors,
        Map<String, Long> files) {}

package io.touchpoint.sandbox.replay;

import io.touchpoint.domain.policy.Policy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What to replay, and where to write what came of it.
 *
 * @param data folder of the input files
 * @param out folder of the results; made if it is not there
 * @param until what to advance the clock to, leaving out later events; empty for the last event
 * @param policy the rules to decide by
 * @param strict whether a line that cannot be imported fails the run
 * @param alerts file of the rules that raise alerts; empty for those that are shipped
 */
public record ReplayRequest(
        Path data, Path out, Optional<Instant> until, Policy policy, boolean strict, Optional<Path> alerts) {

    /** With the alerts that are shipped. */
    public ReplayRequest(Path data, Path out, Optional<Instant> until, Policy policy, boolean strict) {
        this(data, out, until, policy, strict, Optional.empty());
    }
}

package io.touchpoint.domain.activation;

import java.time.Instant;
import java.util.List;

/**
 * What is to be sent to one audience. No identifier is in both lists.
 *
 * @param adds to become members
 * @param removes to cease to be
 * @param through the last place of the queue that it answers for
 * @param madeAt when it was made, which it keeps when it is sent again
 */
public record Batch(String audience, List<Identifier> adds, List<Identifier> removes, long through, Instant madeAt) {}

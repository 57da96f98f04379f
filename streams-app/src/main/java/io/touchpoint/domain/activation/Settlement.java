package io.touchpoint.domain.activation;

import java.util.Map;
import java.util.Set;

/**
 * How a batch ended.
 *
 * @param refused members that the platform will not take, each with the reason
 * @param kept members that the platform does not let go yet; all others were taken
 */
public record Settlement(Map<Identifier, String> refused, Set<Identifier> kept) {}

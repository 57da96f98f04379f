package io.touchpoint.domain.activation;

import java.util.Map;

/**
 * How a batch ended.
 *
 * @param refused members that the platform will not take, each with the reason; all others were taken
 */
public record Settlement(Map<Identifier, String> refused) {}

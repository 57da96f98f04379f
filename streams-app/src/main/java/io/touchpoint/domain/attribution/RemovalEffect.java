package io.touchpoint.domain.attribution;

/**
 * What a channel is worth by its absence.
 *
 * @param channel a platform or campaign
 * @param effect share of the conversions that would be lost without it, 0 to 1; null where nothing converts
 * @param share of all removal effects, 0 to 1; null where they are all 0
 */
public record RemovalEffect(String channel, Double effect, Double share) {}

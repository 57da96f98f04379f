package io.touchpoint.domain.activation;

import java.util.List;

/**
 * What goes out in one request.
 *
 * @param add whether they become members, or cease to be
 */
public record Part(String audience, boolean add, List<Identifier> identifiers) {}

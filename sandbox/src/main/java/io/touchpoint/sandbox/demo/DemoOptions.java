package io.touchpoint.sandbox.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a demo is to run.
 *
 * @param kept the folder that keeps everything and from which it goes on the next time; empty for a temporary one
 * @param perSecond generated events a second once the history is folded, more than 0
 * @param seed of what is generated; what a kept history was generated with stays
 * @param httpPort of health and metrics; 0 takes a free one
 * @param warehouse whether the outputs become rows of a PostgreSQL too
 */
public record DemoOptions(Optional<Path> kept, double perSecond, long seed, int httpPort, boolean warehouse) {}

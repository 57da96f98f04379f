package io.touchpoint.domain.rollup;

/**
 * A run that every fold task has ended.
 *
 * @param run its name
 * @param until how far it went, epoch milliseconds
 */
public record CompletedRun(String run, long until) {}

package io.touchpoint.config;

/** What the pipeline takes for now. Fixed at start. */
public enum ClockMode {
    /** Stream time until caught up, then the wall clock. */
    LIVE,
    /** Stream time only: a replay. */
    EVENT
}

package io.touchpoint.domain.catalogue;

/**
 * A window of a KPI that somebody looks at.
 *
 * @param kpi its id
 * @param dimension whose segments are looked at
 * @param compared whether the window before it is needed too
 */
public record WatchedWindow(String kpi, String dimension, RollingWindow window, boolean compared) {}

package io.touchpoint.queries;

/**
 * Something that was published, for those who watch.
 *
 * @param number counts up from the start of this process
 * @param kind {@code kpi}, {@code suppression} or {@code churn}
 * @param subject the id of the KPI; empty for others
 * @param segment of the KPI; empty for others
 * @param json key and value
 */
record LiveEvent(long number, String kind, String subject, String segment, String json) {}

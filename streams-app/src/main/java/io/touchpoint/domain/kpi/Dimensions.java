package io.touchpoint.domain.kpi;

/** By what facts are told apart. Beside {@link Facts#ALL}. */
public final class Dimensions {
    public static final String CHANNEL = "channel";
    public static final String PLATFORM = "platform";
    public static final String CAMPAIGN = "campaign";
    public static final String CATEGORY = "category";
    public static final String TOUCHPOINT = "touchpoint";
    public static final String COUNTRY = "country";
    public static final String VALUE_TIER = "value-tier";
    /** Of a refusal. */
    public static final String REASON = "reason";
    /** From one kind of event to the next: {@code from>to}. */
    public static final String STEP = "step";
    /** How likely a customer is gone: {@code WATCH}, {@code AT_RISK} or {@code LOST}. */
    public static final String LEVEL = "level";
    /** The month of the first paid order: {@code 2010-01}. */
    public static final String COHORT = "cohort";

    /** Where something is counted that has no value of the dimension, such as a new customer without a click. */
    public static final String NO_VALUE = "none";

    private Dimensions() {}
}

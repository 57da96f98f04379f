package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.records.KpiValue;
import java.util.List;

/** How a value is computed from sums. It depends on nothing but them, and they are whole numbers, so no order shows. */
public sealed interface Formula permits Ratio, Quantile {
    /** The measures it rests on, each once. */
    List<Measure> measures();

    /** Those of them that it takes over all time, whatever the window or period. */
    List<Measure> overAllTime();

    /** Sets value, numerator, denominator and n. */
    void fill(KpiValue value, Sums sums);

    /** For people: how the value follows from numerator and denominator. */
    String valueText();

    /** For people: what is divided. */
    String numeratorText();

    /** For people: by what. */
    String denominatorText();

    /** For people: what n is, empty where that is the denominator. */
    String observationsText();

    /** For people: what must be 0 for a value to be, empty for nothing. */
    String obstaclesText();
}

package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.domain.kpi.Measures;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.state.Answer;
import java.math.BigInteger;

/**
 * A live answer about satisfaction or effort: x is its distance from the worse end of the scale, between 0 and 1.
 *
 * @param effort whether it is about effort, else satisfaction
 * @param distance steps from the worse end
 * @param range steps of the scale
 */
record SurveyAnswer(
        boolean effort, long at, long distance, long range, String touchpoint, String channel, String country) {

    /** Above it, distance × unit would leave the range of a long. */
    private static final long SMALL = Long.MAX_VALUE / (4 * Measures.SCORE_UNIT);

    /** {@return null for an answer that was withdrawn, and for NPS, of which only the latest counts} */
    static SurveyAnswer of(Answer answer) {
        if (answer == null || answer.getWithdrawn() || answer.getKind() == SurveyKind.NPS.ordinal()) {
            return null;
        }
        long min = answer.getScaleMin();
        long max = answer.getScaleMax();
        return new SurveyAnswer(
                answer.getKind() == SurveyKind.CES.ordinal(),
                answer.getAt(),
                answer.getHigherIsBetter() ? answer.getScore() - min : max - answer.getScore(),
                max - min,
                answer.getTouchpoint(),
                answer.getChannel(),
                CustomerMeasures.country(answer.getCountry()));
    }

    void count(int sign, FactSink facts) {
        count(effort ? Measures.CES_ANSWERS : Measures.CSAT_ANSWERS, sign, facts);
        // 1 + 6x of at least 6, and x of at least 3/4.
        if (effort ? 6 * distance >= 5 * range : 4 * distance >= 3 * range) {
            count(effort ? Measures.CES_EASY : Measures.CSAT_SATISFIED, sign, facts);
        }
        long score = score();
        if (score != 0) {
            count(effort ? Measures.CES_SCORE : Measures.CSAT_SCORE, sign * score, facts);
        }
    }

    /** {@return x in units, to the nearest; exact where the steps of the scale divide the unit} */
    long score() {
        if (range <= SMALL) {
            return (2 * distance * Measures.SCORE_UNIT + range) / (2 * range);
        }
        var twice = BigInteger.valueOf(2 * distance).multiply(BigInteger.valueOf(Measures.SCORE_UNIT));
        return twice.add(BigInteger.valueOf(range))
                .divide(BigInteger.valueOf(2 * range))
                .longValueExact();
    }

    private void count(Measure measure, long amount, FactSink facts) {
        facts.fact(measure.id(), Facts.ALL, "", at, amount);
        facts.fact(measure.id(), Dimensions.TOUCHPOINT, touchpoint, at, amount);
        facts.fact(measure.id(), Dimensions.CHANNEL, channel, at, amount);
        facts.fact(measure.id(), Dimensions.COUNTRY, country, at, amount);
    }
}

package io.touchpoint.domain.catalogue;

import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.records.KpiValue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * scale × numerator / denominator; without a value where the denominator is 0.
 *
 * @param denominator without any term it is 1
 * @param observations what n is; without any term it is the denominator, and where that is 1 the numerator
 * @param unlessAny there is no value either while the sums of these are not 0
 */
record Ratio(
        List<Term> numerator, List<Term> denominator, double scale, List<Term> observations, List<Measure> unlessAny)
        implements Formula {

    static Ratio of(List<Term> numerator, List<Term> denominator) {
        return new Ratio(numerator, denominator, 1, List.of(), List.of());
    }

    static Ratio of(Measure numerator, Measure denominator) {
        return of(List.of(Term.plus(numerator)), List.of(Term.plus(denominator)));
    }

    /** The sum itself. */
    static Ratio sum(Term... terms) {
        return of(List.of(terms), List.of());
    }

    /** In percent. */
    Ratio percent() {
        return new Ratio(numerator, denominator, 100, observations, unlessAny);
    }

    /** With another n than the denominator. */
    Ratio observing(Measure measure) {
        return new Ratio(numerator, denominator, scale, List.of(Term.plus(measure)), unlessAny);
    }

    /** Without a value while there is any of this. */
    Ratio unless(Measure measure) {
        return new Ratio(numerator, denominator, scale, observations, List.of(measure));
    }

    @Override
    public List<Measure> measures() {
        return Stream.concat(terms().map(Term::measure), unlessAny.stream())
                .distinct()
                .toList();
    }

    @Override
    public List<Measure> overAllTime() {
        return terms().filter(Term::overAllTime).map(Term::measure).distinct().toList();
    }

    @Override
    public void fill(KpiValue value, Sums sums) {
        double above = total(numerator, sums);
        double below = denominator.isEmpty() ? 1 : total(denominator, sums);
        boolean valid = below != 0 && unlessAny.stream().allMatch(measure -> sums.of(measure) == 0);
        value.setNumerator(above);
        value.setDenominator(below);
        value.setValue(valid ? scale * above / below : null);
        value.setN((long) (observations.isEmpty() ? denominator.isEmpty() ? above : below : total(observations, sums)));
    }

    @Override
    public String valueText() {
        return (scale == 1 ? "" : Math.round(scale) + " · ") + "numerator"
                + (denominator.isEmpty() ? "" : " / denominator");
    }

    @Override
    public String numeratorText() {
        return text(numerator);
    }

    @Override
    public String denominatorText() {
        return denominator.isEmpty() ? "1" : text(denominator);
    }

    @Override
    public String observationsText() {
        return text(observations);
    }

    @Override
    public String obstaclesText() {
        return unlessAny.stream().map(measure -> "`" + measure.id() + "`").collect(Collectors.joining(", "));
    }

    private Stream<Term> terms() {
        return Stream.of(numerator, denominator, observations).flatMap(List::stream);
    }

    /** Whole terms are added as whole numbers, and the others after them in the order of their declaration. */
    private static double total(List<Term> terms, Sums sums) {
        long whole = 0;
        for (Term term : terms) {
            whole += term.divisor() == 1 ? term.whole(sums) : 0;
        }
        double total = whole;
        for (Term term : terms) {
            total += term.divisor() == 1 ? 0 : (double) term.whole(sums) / term.divisor();
        }
        return total;
    }

    private static String text(List<Term> terms) {
        return Stream.iterate(0, at -> at < terms.size(), at -> at + 1)
                .map(at -> terms.get(at).text(at == 0))
                .collect(Collectors.joining(" "));
    }
}

package io.touchpoint.domain.catalogue;

import static io.touchpoint.domain.catalogue.Declaration.kpi;
import static io.touchpoint.domain.catalogue.Term.minus;
import static io.touchpoint.domain.catalogue.Term.plus;
import static io.touchpoint.domain.catalogue.Term.times;
import static io.touchpoint.domain.kpi.Measures.CES_ANSWERS;
import static io.touchpoint.domain.kpi.Measures.CES_EASY;
import static io.touchpoint.domain.kpi.Measures.CES_SCORE;
import static io.touchpoint.domain.kpi.Measures.CSAT_ANSWERS;
import static io.touchpoint.domain.kpi.Measures.CSAT_SATISFIED;
import static io.touchpoint.domain.kpi.Measures.CSAT_SCORE;
import static io.touchpoint.domain.kpi.Measures.FIRST_REPLY;
import static io.touchpoint.domain.kpi.Measures.INVITATIONS;
import static io.touchpoint.domain.kpi.Measures.INVITATIONS_ANSWERED;
import static io.touchpoint.domain.kpi.Measures.JOURNEY_GAP;
import static io.touchpoint.domain.kpi.Measures.JOURNEY_STEPS;
import static io.touchpoint.domain.kpi.Measures.NPS_DETRACTORS;
import static io.touchpoint.domain.kpi.Measures.NPS_PASSIVES;
import static io.touchpoint.domain.kpi.Measures.NPS_PROMOTERS;
import static io.touchpoint.domain.kpi.Measures.REOPENED;
import static io.touchpoint.domain.kpi.Measures.RESOLUTION;
import static io.touchpoint.domain.kpi.Measures.RESOLVED;
import static io.touchpoint.domain.kpi.Measures.SCORE_UNIT;
import static io.touchpoint.domain.kpi.Measures.TICKETS_OPEN;
import static io.touchpoint.domain.kpi.Measures.TICKETS_OPENED;
import static io.touchpoint.domain.kpi.PeriodKind.DAY;
import static io.touchpoint.domain.kpi.PeriodKind.MONTH;
import static io.touchpoint.domain.kpi.PeriodKind.WEEK;

import io.touchpoint.domain.kpi.Measure;
import java.util.List;

/** What customers say, how they are served, and the way they go. */
final class ExperienceKpis {
    private ExperienceKpis() {}

    static List<Kpi> surveys() {
        return List.of(
                kpi(
                                "nps",
                                "points, −100 to 100",
                                "100 · (promoters − detractors) / answers; of each person the latest answer on 0–10 counts")
                        .is(
                                Ratio.of(
                                                List.of(plus(NPS_PROMOTERS), minus(NPS_DETRACTORS)),
                                                List.of(plus(NPS_PROMOTERS), plus(NPS_PASSIVES), plus(NPS_DETRACTORS)))
                                        .percent(),
                                NPS_PROMOTERS.dimensions())
                        .with(new NpsInterval(NPS_PROMOTERS, NPS_PASSIVES, NPS_DETRACTORS))
                        .from("Reichheld, The One Number You Need to Grow (2003); interval: Rocks (2016)"),
                kpi(
                                "csat",
                                "percent",
                                "share of answers with x ≥ 0.75, that is 4 and 5 of 1–5; x = (score − min) / (max − min),"
                                        + " turned where lower is better")
                        .is(Ratio.of(CSAT_SATISFIED, CSAT_ANSWERS).percent(), CSAT_ANSWERS.dimensions())
                        .with(new WilsonInterval(CSAT_SATISFIED, CSAT_ANSWERS))
                        .from("top two boxes, the usual reading on five points"),
                kpi("csat-mean", "points, 1 to 5", "mean of 1 + 4x")
                        .is(
                                Ratio.of(
                                        List.of(plus(CSAT_ANSWERS), times(4, CSAT_SCORE, SCORE_UNIT)),
                                        List.of(plus(CSAT_ANSWERS))),
                                CSAT_ANSWERS.dimensions())
                        .from("the mean of the same answers on five points"),
                kpi("ces", "points, 1 to 7, higher is easier", "mean of 1 + 6x, x as for csat")
                        .is(
                                Ratio.of(
                                        List.of(plus(CES_ANSWERS), times(6, CES_SCORE, SCORE_UNIT)),
                                        List.of(plus(CES_ANSWERS))),
                                CES_ANSWERS.dimensions())
                        .from("Dixon, Toman, DeLisi, The Effortless Experience (2013): CES 2.0"),
                kpi("ces-top", "percent", "share of answers with 1 + 6x ≥ 6")
                        .is(Ratio.of(CES_EASY, CES_ANSWERS).percent(), CES_ANSWERS.dimensions())
                        .with(new WilsonInterval(CES_EASY, CES_ANSWERS))
                        .from("top two boxes of seven"),
                kpi("response-rate", "percent", "answered invitations / invitations, at the time of the invitation")
                        .is(Ratio.of(INVITATIONS_ANSWERED, INVITATIONS).percent(), INVITATIONS.dimensions())
                        .with(new WilsonInterval(INVITATIONS_ANSWERED, INVITATIONS))
                        .from("AAPOR, Standard Definitions: minimum response rate"));
    }

    static List<Kpi> support() {
        return List.of(
                kpi("tickets-opened", "count", "tickets opened")
                        .is(Ratio.sum(plus(TICKETS_OPENED)), TICKETS_OPENED.dimensions())
                        .from("the count"),
                kpi("tickets-open", "count", "tickets that are open; of a period, at its end")
                        .is(Ratio.sum(plus(TICKETS_OPEN)), TICKETS_OPEN.dimensions())
                        .total(DAY, WEEK, MONTH)
                        .from("the count"),
                seconds("first-reply", 50, FIRST_REPLY, "from opening a ticket to the first reply of an agent"),
                seconds("first-reply-p90", 90, FIRST_REPLY, "from opening a ticket to the first reply of an agent"),
                seconds("resolution", 50, RESOLUTION, "from opening a ticket to its last RESOLVED"),
                seconds("resolution-p90", 90, RESOLUTION, "from opening a ticket to its last RESOLVED"),
                kpi(
                                "reopen-rate",
                                "percent",
                                "resolved tickets that were ever reopened / resolved tickets, at the last RESOLVED")
                        .is(Ratio.of(REOPENED, RESOLVED).percent(), RESOLVED.dimensions())
                        .with(new WilsonInterval(REOPENED, RESOLVED))
                        .from("the share"));
    }

    static List<Kpi> journey() {
        return List.of(
                kpi(
                                "journey-steps",
                                "count",
                                "from one event of a customer to the next within 30 days, at the later one; by kinds")
                        .is(Ratio.sum(plus(JOURNEY_STEPS)), JOURNEY_STEPS.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("the arrows of a journey map"),
                kpi("journey-gap", "seconds", "median time between the two events")
                        .is(new Quantile(JOURNEY_GAP, 50), JOURNEY_GAP.dimensions())
                        .over(RollingWindow.DAYS)
                        .from("Masson, Rim, Lee, DDSketch (2019), γ = 1.02"));
    }

    private static Kpi seconds(String id, int percent, Measure measure, String what) {
        return kpi(id, "seconds", (percent == 50 ? "median" : "p" + percent) + " time " + what)
                .is(new Quantile(measure, percent), measure.dimensions())
                .from("Masson, Rim, Lee, DDSketch (2019), γ = 1.02");
    }
}

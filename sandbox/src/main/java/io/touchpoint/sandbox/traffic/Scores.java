package io.touchpoint.sandbox.traffic;

import io.touchpoint.records.SurveyKind;

/** What generated people answer. The shares are made up, and look like those of an ordinary shop. */
final class Scores {

    private static final int[] NPS = {2, 1, 1, 2, 2, 5, 5, 12, 24, 21, 25};
    private static final int[] CSAT = {4, 5, 14, 40, 37};
    private static final int[] CES = {3, 4, 6, 12, 20, 30, 25};

    private Scores() {}

    /** A score on the usual scale of the kind. */
    static int of(SurveyKind kind, Dice dice) {
        return switch (kind) {
            case NPS -> dice.weighted(NPS);
            case CSAT -> 1 + dice.weighted(CSAT);
            case CES -> 1 + dice.weighted(CES);
        };
    }
}

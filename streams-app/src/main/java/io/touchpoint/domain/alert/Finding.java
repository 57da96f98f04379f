package io.touchpoint.domain.alert;

/**
 * What a condition finds of a value.
 *
 * @param answer whether the condition holds
 * @param threshold the line it was held against, null where there is none
 * @param previous the value over the window before, null where it plays no part
 * @param low lower bound of the difference to it, null where it plays no part
 * @param high upper bound, null where it plays no part
 */
record Finding(Answer answer, Double threshold, Double previous, Double low, Double high) {

    /** Whether a condition holds. */
    enum Answer {
        /** It does. */
        HOLDS,
        /** It does not, but so narrowly that what has fired goes on. */
        BETWEEN,
        /** It does not. */
        CLEAR,
        /** There are too few observations to say. */
        UNKNOWN
    }

    static final Finding UNKNOWN = new Finding(Answer.UNKNOWN, null, null, null, null);

    static Finding against(Answer answer, double threshold) {
        return new Finding(answer, threshold, null, null, null);
    }
}

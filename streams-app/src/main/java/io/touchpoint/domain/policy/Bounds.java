package io.touchpoint.domain.policy;

import java.time.Duration;
import java.util.Currency;

/** The ranges that policy values must keep; each method returns nothing or throws {@link InvalidPolicyException}. */
final class Bounds {

    /** The fold keeps lines for 400 days: what lasts longer than a year could not be taken back any more. */
    static final Duration YEAR = Duration.ofDays(365);

    private Bounds() {}

    static void named(String field, String value) {
        if (value == null || value.isBlank()) {
            throw new InvalidPolicyException(field, value == null ? "missing" : "\"" + value + "\"", "a name");
        }
    }

    static void present(String field, Object value) {
        if (value == null) {
            throw new InvalidPolicyException(field, "missing", "a value");
        }
    }

    static void greaterThan(double bound, String field, double value) {
        if (!(value > bound) || Double.isInfinite(value)) {
            throw new InvalidPolicyException(field, value, "a number greater than " + (long) bound);
        }
    }

    /** Beyond these a model is no longer about shops and customers, and its sums would take seconds. */
    static void modelParameter(String field, double value) {
        if (!(value >= ChurnParameters.LEAST && value <= ChurnParameters.GREATEST)) {
            throw new InvalidPolicyException(field, value, "a number from 0.001 to 100000");
        }
    }

    static void share(String field, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new InvalidPolicyException(field, value, "a number from 0 to 1");
        }
    }

    static void between(double above, double below, String field, double value, String expected) {
        if (!(value > above && value < below)) {
            throw new InvalidPolicyException(field, value, expected);
        }
    }

    static void upTo(Duration longest, String field, Duration value) {
        if (value == null || value.isNegative() || value.isZero() || value.compareTo(longest) > 0) {
            throw new InvalidPolicyException(
                    field,
                    value == null ? "missing" : value,
                    "an ISO-8601 duration above zero and at most P" + longest.toDays() + "D");
        }
    }

    static void currency(String field, String code) {
        // Of all codes, those that no longer circulate included: old orders carry them.
        if (Currency.getAvailableCurrencies().stream()
                .noneMatch(currency -> currency.getCurrencyCode().equals(code))) {
            throw new InvalidPolicyException(field, code, "an ISO 4217 currency code such as EUR");
        }
    }
}

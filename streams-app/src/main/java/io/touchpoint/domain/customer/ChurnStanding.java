package io.touchpoint.domain.customer;

import io.touchpoint.domain.churn.GammaGamma;
import io.touchpoint.domain.churn.MbgNbd;
import io.touchpoint.domain.policy.ChurnRules;
import io.touchpoint.records.ChurnLevel;
import io.touchpoint.records.ChurnReason;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.state.CustomerState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;

/**
 * How likely a customer is gone. The level is a function of state and time: p_alive less the experience weights that apply, read against the thresholds. Between two
 * deadlines the weights are constant, so the instant of the next crossing is known in closed form.
 *
 * @param level the level
 * @param experience the experience that counts now, without silence
 * @param repeatDays held purchase days after the first, -1 while nothing is held
 * @param recency weeks from the first to the newest of these days
 * @param first epoch milliseconds of the first
 */
record ChurnStanding(ChurnLevel level, List<ChurnReason> experience, int repeatDays, double recency, long first) {

    private static final double WEEK = 604_800_000.0;
    private static final double LOW_CSAT_SHARE = 0.25;
    private static final List<ChurnLevel> WORSE = List.of(ChurnLevel.WATCH, ChurnLevel.AT_RISK, ChurnLevel.LOST);
    private static final double HIGH_EFFORT_SHARE = 2.0 / 6.0;

    private static final ChurnStanding NOTHING_HELD = new ChurnStanding(ChurnLevel.HEALTHY, List.of(), -1, 0, 0);

    /**
     * What there is to expect of a customer, until the next purchase, return or cancellation.
     *
     * @param currency ISO 4217
     * @param orderValue expected of a purchase day, in minor units
     * @param repeatDays held purchase days after the first
     * @param recency weeks from the first to the newest of these days
     * @param first epoch milliseconds of the first
     */
    record Prospect(String currency, double orderValue, int repeatDays, double recency, long first) {}

    /** Reads churn levels with the models and weights of one policy. */
    static final class Reader {
        private final ChurnRules rules;
        private final MbgNbd model;
        private final GammaGamma value;

        Reader(ChurnRules rules) {
            this.rules = rules;
            this.model = new MbgNbd(rules.model());
            this.value = new GammaGamma(rules.model());
        }

        ChurnStanding standing(CustomerState state, Purchases purchases, Deadlines deadlines) {
            if (purchases.heldDays() == 0) {
                return NOTHING_HELD;
            }
            var experience = experience(state, purchases, deadlines);
            int repeatDays = purchases.heldDays() - 1;
            long first = purchases.firstHeld();
            double recency = (purchases.lastHeld() - first) / WEEK;
            double weights = 0;
            for (var reason : experience) {
                weights += reason.getWeight();
            }
            var level = ChurnLevel.HEALTHY;
            for (var worse : WORSE) {
                long crossing = crossing(first, repeatDays, recency, threshold(worse) + weights);
                if (crossing != Deadlines.NEVER) {
                    deadlines.add(crossing);
                }
                level = crossing <= deadlines.now() ? worse : level;
            }
            return new ChurnStanding(level, experience, repeatDays, recency, first);
        }

        private double threshold(ChurnLevel level) {
            return switch (level) {
                case HEALTHY -> 1;
                case WATCH -> rules.levels().watch();
                case AT_RISK -> rules.levels().atRisk();
                case LOST -> rules.levels().lost();
            };
        }

        /** {@return the first millisecond at which p_alive is not above p} */
        private long crossing(long first, int repeatDays, double recency, double p) {
            if (p >= 1) {
                return first;
            }
            if (p <= 0) {
                return Deadlines.NEVER;
            }
            double millis = Math.ceil(model.crossing(repeatDays, recency, p) * WEEK);
            if (!(millis > 0)) {
                return first;
            }
            return millis > Deadlines.NEVER / 4.0 ? Deadlines.NEVER : first + (long) millis;
        }

        private List<ChurnReason> experience(CustomerState state, Purchases purchases, Deadlines deadlines) {
            var rule = rules.experience();
            var reasons = new ArrayList<ChurnReason>(2);
            var nps = Answers.latest(state, SurveyKind.NPS);
            if (nps != null && nps.getScore() <= 6) {
                add(reasons, "DETRACTOR", rule.detractor(), nps.getAt(), deadlines);
            }
            var csat = Answers.latest(state, SurveyKind.CSAT);
            if (csat != null && Answers.share(csat) <= LOW_CSAT_SHARE) {
                add(reasons, "LOW_CSAT", rule.lowCsat(), csat.getAt(), deadlines);
            }
            var ces = Answers.latest(state, SurveyKind.CES);
            if (ces != null && Answers.share(ces) <= HIGH_EFFORT_SHARE) {
                add(reasons, "HIGH_EFFORT", rule.highEffort(), ces.getAt(), deadlines);
            }
            if (Tickets.reopenedAt(state) > 0) {
                add(reasons, "REOPENED_TICKET", rule.reopenedTicket(), Tickets.reopenedAt(state), deadlines);
            }
            for (var opened : Tickets.openSince(state)) {
                add(
                        reasons,
                        "STALE_TICKET",
                        rule.staleTicket(),
                        opened + rule.staleAfter().toMillis(),
                        deadlines);
            }
            if (purchases.lastReturned() > 0) {
                add(reasons, "RETURNED_ORDER", rule.returnedOrder(), purchases.lastReturned(), deadlines);
            }
            return reasons;
        }

        private void add(List<ChurnReason> reasons, String code, double weight, long from, Deadlines deadlines) {
            if (weight == 0) {
                return;
            }
            long to = from + rules.experience().lasts().toMillis();
            deadlines.add(from);
            deadlines.add(to);
            if (from <= deadlines.now() && deadlines.now() < to && !counted(reasons, code)) {
                reasons.add(new ChurnReason(code, weight));
            }
        }

        private static boolean counted(List<ChurnReason> reasons, String code) {
            for (var reason : reasons) {
                if (reason.getCode().equals(code)) {
                    return true;
                }
            }
            return false;
        }

        /** {@return the probability that the customer buys again, null while nothing is held} */
        Double pAlive(ChurnStanding standing, long at) {
            return standing.repeatDays < 0
                    ? null
                    : model.pAlive(standing.repeatDays, standing.recency, weeks(standing, at));
        }

        /** {@return the orders expected within the horizon, null while nothing is held} */
        Double expectedOrders(ChurnStanding standing, long at) {
            return standing.repeatDays < 0
                    ? null
                    : model.expectedOrders(
                            standing.repeatDays,
                            standing.recency,
                            weeks(standing, at),
                            rules.model().horizon().toMillis() / WEEK);
        }

        /** {@return the currency in which a value is expected, null when the model speaks of none of the customer's} */
        String currency(Purchases purchases) {
            var wanted = rules.model().currencyOrNull();
            if (wanted != null) {
                return purchases.money().stream().anyMatch(sum -> sum.currency().equals(wanted)) ? wanted : null;
            }
            return purchases.money().size() == 1 ? purchases.money().get(0).currency() : null;
        }

        /** {@return what to expect after these purchases, null when nothing is held or the model speaks of no currency of theirs} */
        Prospect prospect(Purchases purchases) {
            var currency = currency(purchases);
            if (currency == null || purchases.heldDays() == 0) {
                return null;
            }
            double minor =
                    Math.pow(10, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()));
            int x = purchases.heldDays() - 1;
            long first = purchases.firstHeld();
            double mean = x == 0 ? 0 : Math.max(0, purchases.repeatValue(currency) / minor / x);
            double worth = mean > 0 ? value.expectedValue(x, mean) : value.expectedValue(0, 0);
            return new Prospect(currency, worth * minor, x, (purchases.lastHeld() - first) / WEEK, first);
        }

        /** {@return the value of the orders expected within the horizon, in minor units} */
        long expectedValue(Prospect prospect, long at) {
            double orders = model.expectedOrders(
                    prospect.repeatDays,
                    prospect.recency,
                    weeks(prospect.first, prospect.recency, at),
                    rules.model().horizon().toMillis() / WEEK);
            return Math.round(orders * prospect.orderValue);
        }

        /** {@return the value of the expected orders in minor units, null without a currency or expectation} */
        Long expectedValue(Purchases purchases, long at) {
            var prospect = prospect(purchases);
            return prospect == null ? null : expectedValue(prospect, at);
        }

        private static double weeks(ChurnStanding standing, long at) {
            return weeks(standing.first, standing.recency, at);
        }

        private static double weeks(long first, double recency, long at) {
            return Math.max(recency, (at - first) / WEEK);
        }
    }

    /** {@return the grounds of the level, heaviest first} */
    List<ChurnReason> reasons(Double pAlive, ChurnLevel previous) {
        var reasons = new ArrayList<>(experience);
        if (pAlive != null) {
            reasons.add(new ChurnReason("SILENCE", 1 - pAlive));
        }
        reasons.sort(
                Comparator.comparingDouble(ChurnReason::getWeight).reversed().thenComparing(ChurnReason::getCode));
        if (previous.compareTo(ChurnLevel.AT_RISK) >= 0 && level.compareTo(previous) < 0) {
            reasons.add(new ChurnReason("RECOVERED", 0.0));
        }
        return reasons;
    }

    /** {@return what to do about it} */
    String action() {
        return switch (level) {
            case HEALTHY -> "none";
            case WATCH -> experience.isEmpty() ? "reminder" : "service-call";
            case AT_RISK -> experience.isEmpty() ? "win-back-offer" : "service-call";
            case LOST -> "last-offer";
        };
    }
}

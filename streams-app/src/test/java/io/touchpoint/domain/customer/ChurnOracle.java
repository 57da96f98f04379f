package io.touchpoint.domain.customer;

import io.touchpoint.domain.churn.GammaGamma;
import io.touchpoint.domain.churn.MbgNbd;
import io.touchpoint.domain.intake.CustomerEvent;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.TicketStatus;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongPredicate;

/** Churn at an instant, straight from the formula: no closed form is inverted here. */
final class ChurnOracle {

    private static final double WEEK = 7.0 * CustomerEvents.DAY;

    private final Policy policy;
    private final DistinctEvents events;
    private final TreeMap<Long, Long> heldDays = new TreeMap<>();
    private final List<UnitOracle.Unit> units;

    ChurnOracle(Policy policy, Collection<CustomerEvent> history) {
        this.policy = policy;
        this.events = new DistinctEvents(history);
        this.units = UnitOracle.units(events, OrderStatus.PAID);
        units.stream()
                .filter(UnitOracle.Unit::held)
                .forEach(unit ->
                        heldDays.merge(Math.floorDiv(unit.paidAt(), CustomerEvents.DAY), unit.paidAt(), Math::min));
    }

    /** {@return the probability of another purchase, null while nothing is held} */
    Double pAlive(long at) {
        if (heldDays.isEmpty()) {
            return null;
        }
        var model = policy.churn().model();
        int x = heldDays.size() - 1;
        long first = heldDays.firstEntry().getValue();
        double recency = (heldDays.lastEntry().getValue() - first) / WEEK;
        double silence = Math.max(recency, (at - first) / WEEK);
        return 1
                / (1
                        + model.a()
                                / (model.b() + x)
                                * Math.pow((model.alpha() + silence) / (model.alpha() + recency), model.r() + x));
    }

    /** {@return currency and minor units of what is expected within the horizon, null for nothing; no purchase after the instant may be known} */
    Map.Entry<String, Long> expected(long at) {
        var currency = currency();
        if (heldDays.isEmpty() || currency == null || heldDays.lastEntry().getValue() < at - 365 * CustomerEvents.DAY) {
            return null;
        }
        var model = policy.churn().model();
        int x = heldDays.size() - 1;
        long first = heldDays.firstEntry().getValue();
        double recency = (heldDays.lastEntry().getValue() - first) / WEEK;
        double orders = new MbgNbd(model)
                .expectedOrders(x, recency, (at - first) / WEEK, model.horizon().toMillis() / WEEK);
        double minor = Math.pow(10, Currency.getInstance(currency).getDefaultFractionDigits());
        double mean = x == 0 ? 0 : repeatValue(currency) / minor / x;
        double worth = new GammaGamma(model).expectedValue(mean > 0 ? x : 0, mean);
        return Map.entry(currency, Math.round(orders * (worth * minor)));
    }

    private String currency() {
        var wanted = policy.churn().model().currencyOrNull();
        var currencies = new TreeSet<String>();
        for (var unit : units) {
            currencies.add(unit.order.getCurrency());
            if (!unit.held()) {
                currencies.add(unit.givenBackIn);
            }
        }
        return wanted != null
                ? currencies.contains(wanted) ? wanted : null
                : currencies.size() == 1 ? currencies.first() : null;
    }

    /** What was paid on the held days but the first, less what of it was paid back. */
    private long repeatValue(String currency) {
        long value = 0;
        for (var unit : units) {
            long day = Math.floorDiv(unit.paidAt(), CustomerEvents.DAY);
            if (heldDays.containsKey(day) && day != heldDays.firstKey()) {
                value += unit.order.getCurrency().equals(currency) ? unit.bought.getUnitPriceMinor() : 0;
                value -= !unit.held() && unit.givenBackIn.equals(currency) ? unit.givenBack : 0;
            }
        }
        return value;
    }

    String level(long at) {
        var pAlive = pAlive(at);
        if (pAlive == null) {
            return "HEALTHY";
        }
        var levels = policy.churn().levels();
        double score = pAlive - weights(at);
        return score <= levels.lost()
                ? "LOST"
                : score <= levels.atRisk() ? "AT_RISK" : score <= levels.watch() ? "WATCH" : "HEALTHY";
    }

    /** {@return what bad experience takes off at an instant} */
    double weights(long at) {
        var weights = policy.churn().experience();
        double sum = 0;
        sum += applies(at, since -> bad(SurveyKind.NPS, since, 0.6)) ? weights.detractor() : 0;
        sum += applies(at, since -> bad(SurveyKind.CSAT, since, 0.25)) ? weights.lowCsat() : 0;
        sum += applies(at, since -> bad(SurveyKind.CES, since, 1 / 3.0)) ? weights.highEffort() : 0;
        sum += applies(at, this::reopened) ? weights.reopenedTicket() : 0;
        sum += applies(at, this::stale) ? weights.staleTicket() : 0;
        sum += applies(at, this::returned) ? weights.returnedOrder() : 0;
        return sum;
    }

    /** Whether the experience began at one of the instants at which something happened, no longer ago than it lasts. */
    private boolean applies(long at, LongPredicate begins) {
        long lasts = policy.churn().experience().lasts().toMillis();
        long staleAfter = policy.churn().experience().staleAfter().toMillis();
        return events.all().stream()
                .mapToLong(CustomerEvent::occurredAt)
                .flatMap(time -> java.util.stream.LongStream.of(time, time + staleAfter))
                .anyMatch(since -> since <= at && at < since + lasts && begins.test(since));
    }

    private boolean bad(SurveyKind kind, long since, double worst) {
        var standing = events.standingAnswers(kind);
        if (standing.isEmpty()) {
            return false;
        }
        var latest = standing.get(standing.size() - 1);
        var survey = (SurveyResponse) latest.body();
        double share =
                (survey.getScore() - survey.getScaleMin()) / (double) (survey.getScaleMax() - survey.getScaleMin());
        return latest.occurredAt() == since && (survey.getHigherIsBetter() ? share : 1 - share) <= worst + 1e-9;
    }

    private boolean reopened(long since) {
        return events.tickets().values().stream()
                .flatMap(List::stream)
                .anyMatch(step -> ((SupportEvent) step.body()).getStatus() == TicketStatus.REOPENED
                        && step.occurredAt() == since);
    }

    private boolean stale(long since) {
        return openSince(events).stream()
                .anyMatch(opened ->
                        opened + policy.churn().experience().staleAfter().toMillis() == since);
    }

    static List<Long> openSince(DistinctEvents events) {
        return events.tickets().values().stream()
                .map(ChurnOracle::openSince)
                .filter(opened -> opened >= 0)
                .toList();
    }

    private static long openSince(List<CustomerEvent> steps) {
        long opened = -1;
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            switch (((SupportEvent) step.body()).getStatus()) {
                case OPENED, REOPENED -> opened = opened < 0 ? step.occurredAt() : opened;
                case RESOLVED, CLOSED -> opened = -1;
                case REPLIED -> opened = i == 0 ? step.occurredAt() : opened;
            }
        }
        return opened;
    }

    private boolean returned(long since) {
        return units.stream().anyMatch(unit -> unit.returned() && unit.takenAt() == since);
    }
}

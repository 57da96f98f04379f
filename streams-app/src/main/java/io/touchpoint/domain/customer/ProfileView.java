package io.touchpoint.domain.customer;

import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.LatestAnswer;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Revenue;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.Touch;
import io.touchpoint.records.state.CustomerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The 360° view of a customer. */
final class ProfileView {

    private static final List<String> ORDER_STEPS = kinds("order-", OrderStatus.values());
    private static final List<String> ANSWERS = kinds("survey-", SurveyKind.values());

    private final Policy policy;
    private final Limits limits;
    private final ChurnStanding.Reader churn;

    ProfileView(Policy policy, Limits limits, ChurnStanding.Reader churn) {
        this.policy = policy;
        this.limits = limits;
        this.churn = churn;
    }

    private static List<String> kinds(String prefix, Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> prefix + value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    CustomerProfile profile(Customer customer, Outlook outlook) {
        var state = customer.state();
        var purchases = outlook.purchases();
        long asOf = Math.max(state.getLastSeen(), outlook.boundary());
        var profile = new CustomerProfile();
        profile.setCustomerId(state.getCustomerId());
        profile.setFirstSeenAt(Instant.ofEpochMilli(state.getFirstSeen()));
        profile.setLastSeenAt(Instant.ofEpochMilli(state.getLastSeen()));
        profile.setPaidOrders(purchases.orders());
        profile.setPaidOrderDays(purchases.days());
        profile.setFirstPaidAt(instant(purchases.firstPaid()));
        profile.setLastPaidAt(instant(purchases.lastPaid()));
        profile.setReturnedOrders(purchases.returnedOrders());
        profile.setRevenue(revenue(purchases));
        profile.setNps(latest(state, SurveyKind.NPS));
        profile.setCsat(latest(state, SurveyKind.CSAT));
        profile.setCes(latest(state, SurveyKind.CES));
        profile.setTickets(state.getTickets().size() + state.getPast().getTickets());
        profile.setOpenTickets(Tickets.open(state));
        profile.setClicks(state.getClicks().size() + state.getPast().getClicks());
        profile.setChurnLevel(outlook.churn().level().name());
        profile.setPAlive(churn.pAlive(outlook.churn(), asOf));
        profile.setClvMinor(churn.expectedValue(purchases, asOf));
        profile.setValueTier(tier(purchases));
        profile.setActiveSuppressions(activeSuppressions(customer, outlook));
        profile.setAdConsent(Touches.consent(state).name());
        profile.setRecentTouches(touches(state));
        profile.setCapped(state.getCapped());
        profile.setAsOf(Instant.ofEpochMilli(asOf));
        return profile;
    }

    private static int activeSuppressions(Customer customer, Outlook outlook) {
        int all = outlook.all() != null && outlook.all().active() ? 1 : 0;
        return outlook.bought().active(customer.clock()) + all;
    }

    private static Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static List<Revenue> revenue(Purchases purchases) {
        var revenue = new ArrayList<Revenue>(1);
        for (var sum : purchases.money()) {
            revenue.add(new Revenue(sum.currency(), sum.gross(), sum.returned(), sum.net()));
        }
        return revenue;
    }

    private static LatestAnswer latest(CustomerState state, SurveyKind kind) {
        var answer = Answers.latest(state, kind);
        return answer == null ? null : new LatestAnswer(answer.getScore(), Instant.ofEpochMilli(answer.getAt()));
    }

    /** The tier of the customer's mean gross order, for a customer who pays in one currency. */
    private String tier(Purchases purchases) {
        if (purchases.money().size() != 1 || purchases.orders() == 0) {
            return null;
        }
        var sum = purchases.money().get(0);
        var bounds = policy.valueTiers().get(sum.currency());
        if (bounds == null) {
            return null;
        }
        double mean = sum.gross() / (double) purchases.orders();
        return mean < bounds.get(0) ? "low" : mean < bounds.get(1) ? "mid" : "high";
    }

    /**
     * The newest touches; what is old enough to be let go is left out, so that it does not matter whether it was. The lists mostly end with the newest, and what is
     * offered after ten newer ones costs next to nothing.
     */
    private List<Touch> touches(CustomerState state) {
        var newest =
                new NewestTouches(state.getLastSeen() - limits.historyHorizon().toMillis());
        backwards(state.getOrders(), order -> {
            for (var mark : order.getMarks()) {
                newest.offer(mark.getAt(), ORDER_STEPS.get(mark.getStatus()), order.getOrderId());
            }
        });
        backwards(state.getTakes(), take -> {
            var step = take.getCancelled() ? OrderStatus.CANCELLED : OrderStatus.RETURNED;
            newest.offer(take.getAt(), ORDER_STEPS.get(step.ordinal()), take.getOrderId());
        });
        backwards(state.getAnswers(), answer -> {
            if (!answer.getWithdrawn()) {
                newest.offer(answer.getAt(), ANSWERS.get(answer.getKind()), answer.getTouchpoint());
            }
        });
        backwards(state.getTickets(), ticket -> newest.offer(Tickets.newest(ticket), "ticket", ticket.getTicketId()));
        backwards(state.getClicks(), click -> newest.offer(click.getAt(), "ad-click", click.getCampaignId()));
        return newest.touches();
    }

    private static <T> void backwards(List<T> details, Consumer<T> use) {
        for (int i = details.size() - 1; i >= 0; i--) {
            use.accept(details.get(i));
        }
    }
}

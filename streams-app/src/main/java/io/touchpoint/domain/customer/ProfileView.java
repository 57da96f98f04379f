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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/** The 360° view of a customer. */
final class ProfileView {

    private static final int RECENT = 10;
    private static final OrderStatus[] STATUSES = OrderStatus.values();
    private static final SurveyKind[] KINDS = SurveyKind.values();
    private static final Comparator<Touch> TOUCH_ORDER = Comparator.comparing(Touch::getAt)
            .thenComparing(Touch::getKind)
            .thenComparing(touch -> touch.getDetail() == null ? "" : touch.getDetail());

    private final Policy policy;
    private final ChurnStanding.Reader churn;

    ProfileView(Policy policy, ChurnStanding.Reader churn) {
        this.policy = policy;
        this.churn = churn;
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
        profile.setClvMinor(churn.expectedValue(outlook.churn(), purchases, asOf));
        profile.setValueTier(tier(purchases));
        profile.setActiveSuppressions(
                (int) outlook.standings().stream().filter(Standing::active).count());
        profile.setAdConsent(Touches.consent(state).name());
        profile.setRecentTouches(touches(state));
        profile.setCapped(state.getCapped());
        profile.setAsOf(Instant.ofEpochMilli(asOf));
        return profile;
    }

    private static Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static List<Revenue> revenue(Purchases purchases) {
        var revenue = new ArrayList<Revenue>(1);
        purchases
                .money()
                .forEach((currency, sum) -> revenue.add(new Revenue(currency, sum.gross, sum.returned, sum.net())));
        return revenue;
    }

    private static LatestAnswer latest(CustomerState state, SurveyKind kind) {
        var answer = Answers.latest(state, kind);
        return answer == null ? null : new LatestAnswer(answer.getScore(), Instant.ofEpochMilli(answer.getAt()));
    }

    /** The tier of the customer's mean gross order, in the first configured currency the customer pays in. */
    private String tier(Purchases purchases) {
        for (var entry : purchases.money().entrySet()) {
            var bounds = policy.valueTiers().get(entry.getKey());
            if (bounds != null && purchases.money().size() == 1 && purchases.orders() > 0) {
                double mean = entry.getValue().gross / (double) purchases.orders();
                return mean < bounds.get(0) ? "low" : mean < bounds.get(1) ? "mid" : "high";
            }
        }
        return null;
    }

    private static List<Touch> touches(CustomerState state) {
        var newest = new PriorityQueue<>(RECENT + 1, TOUCH_ORDER);
        for (var order : state.getOrders()) {
            for (var mark : order.getMarks()) {
                var status = STATUSES[mark.getStatus()].name().toLowerCase(Locale.ROOT);
                offer(newest, mark.getAt(), "order-" + status, order.getOrderId());
            }
        }
        for (var take : state.getTakes()) {
            offer(newest, take.getAt(), take.getCancelled() ? "order-cancelled" : "order-returned", take.getOrderId());
        }
        for (var answer : state.getAnswers()) {
            if (!answer.getWithdrawn()) {
                var kind = KINDS[answer.getKind()].name().toLowerCase(Locale.ROOT);
                offer(newest, answer.getAt(), "survey-" + kind, answer.getTouchpoint());
            }
        }
        for (var ticket : state.getTickets()) {
            offer(newest, Tickets.newest(ticket), "ticket", ticket.getTicketId());
        }
        for (var click : state.getClicks()) {
            offer(newest, click.getAt(), "ad-click", click.getCampaignId());
        }
        var touches = new ArrayList<>(newest);
        touches.sort(TOUCH_ORDER.reversed());
        return touches;
    }

    private static void offer(PriorityQueue<Touch> newest, long at, String kind, String detail) {
        if (newest.size() == RECENT && newest.peek().getAt().toEpochMilli() > at) {
            return;
        }
        newest.add(new Touch(Instant.ofEpochMilli(at), kind, detail));
        if (newest.size() > RECENT) {
            newest.poll();
        }
    }
}

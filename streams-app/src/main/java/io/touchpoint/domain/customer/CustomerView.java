package io.touchpoint.domain.customer;

import io.touchpoint.domain.policy.Policy;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.OrderStatus;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.TicketStatus;
import io.touchpoint.records.state.CustomerState;
import io.touchpoint.records.state.HeldLine;
import io.touchpoint.records.state.PublishedSuppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be said about one customer now: the same that was decided and published, derived anew from its state. */
public final class CustomerView {

    private static final Comparator<TimelineEntry> NEWEST_FIRST =
            Comparator.comparing(TimelineEntry::at).reversed().thenComparing(TimelineEntry::kind);

    private final Customer customer;
    private final Outlook outlook;
    private final CustomerFold fold;
    private final ChurnStanding.Reader churn;
    private final Policy policy;

    CustomerView(Customer customer, Outlook outlook, CustomerFold fold, ChurnStanding.Reader churn, Policy policy) {
        this.customer = customer;
        this.outlook = outlook;
        this.fold = fold;
        this.churn = churn;
        this.policy = policy;
    }

    /** {@return the profile} */
    public CustomerProfile profile() {
        return fold.profile(customer);
    }

    /** {@return the suppressions that consumers know of, those that hold first, the newest first} */
    public List<Suppression> suppressions() {
        var known = new ArrayList<Suppression>();
        for (var course : outlook.bought().all()) {
            add(course.at(customer.clock()), course.published, known);
        }
        add(outlook.all(), SuppressionNews.ofAll(customer.state()), known);
        known.sort(Comparator.comparing((Suppression each) -> each.getState() != SuppressionState.ACTIVE)
                .thenComparing(Comparator.comparing(Suppression::getSince).reversed())
                .thenComparing(Suppression::getScopeValue));
        return known;
    }

    private void add(Standing standing, PublishedSuppression published, List<Suppression> known) {
        if (standing != null) {
            int base = published == null ? 0 : published.getBase();
            known.add(standing.record(customer.state().getCustomerId(), base, policy.version()));
        }
    }

    /** {@return how likely the customer is gone, as a signal whose level is also the previous one} */
    public ChurnSignal churn() {
        long at = fold.asOf(customer);
        var standing = outlook.churn();
        var pAlive = churn.pAlive(standing, at);
        var value = churn.expectedValue(outlook.purchases(), at);
        return new ChurnSignal(
                customer.state().getCustomerId(),
                standing.level(),
                standing.level(),
                pAlive,
                churn.expectedOrders(standing, at),
                value,
                value == null ? null : churn.currency(outlook.purchases()),
                standing.reasons(pAlive, standing.level()),
                standing.action(),
                policy.churn().model().version(),
                Instant.ofEpochMilli(at));
    }

    /**
     * {@return what happened to the customer, the newest first}
     *
     * @param most how many at most
     */
    public List<TimelineEntry> timeline(int most) {
        var entries = new ArrayList<TimelineEntry>();
        var state = customer.state();
        orders(state, entries);
        tickets(state, entries);
        for (var click : state.getClicks()) {
            var product = click.getSku() != null ? " " + click.getSku() : "";
            entries.add(entry(
                    click.getAt(),
                    "ad-click",
                    click.getClickId(),
                    click.getPlatform() + " / " + click.getCampaignId() + product));
        }
        for (var answer : state.getAnswers()) {
            if (!answer.getWithdrawn()) {
                var kind = kind("survey", SurveyKind.values()[answer.getKind()]);
                var score = answer.getScore() + " of " + answer.getScaleMin() + "–" + answer.getScaleMax();
                entries.add(entry(answer.getAt(), kind, answer.getResponseId(), score));
            }
        }
        entries.sort(NEWEST_FIRST);
        return List.copyOf(entries.subList(0, Math.min(most, entries.size())));
    }

    private static void orders(CustomerState state, List<TimelineEntry> entries) {
        for (var order : state.getOrders()) {
            for (var mark : order.getMarks()) {
                var kind = kind("order", OrderStatus.values()[mark.getStatus()]);
                entries.add(entry(mark.getAt(), kind, order.getOrderId(), products(order.getLines())));
            }
        }
        for (var take : state.getTakes()) {
            var kind = kind("order", take.getCancelled() ? OrderStatus.CANCELLED : OrderStatus.RETURNED);
            entries.add(entry(take.getAt(), kind, take.getOrderId(), products(take.getLines())));
        }
    }

    private static void tickets(CustomerState state, List<TimelineEntry> entries) {
        for (var ticket : state.getTickets()) {
            for (var mark : ticket.getMarks()) {
                var kind = kind("ticket", TicketStatus.values()[mark.getStatus()]);
                entries.add(entry(mark.getAt(), kind, ticket.getTicketId(), ticket.getTopic()));
            }
        }
    }

    private static String kind(String of, Enum<?> what) {
        return of + "-" + what.name().toLowerCase(Locale.ROOT);
    }

    private static String products(List<HeldLine> lines) {
        return lines.stream()
                .map(line -> line.getQuantity() + " × " + line.getSku())
                .collect(Collectors.joining(", "));
    }

    private static TimelineEntry entry(long at, String kind, String subject, String detail) {
        return new TimelineEntry(Instant.ofEpochMilli(at), kind, subject, detail);
    }
}

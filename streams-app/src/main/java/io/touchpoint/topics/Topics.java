package io.touchpoint.topics;

import static io.touchpoint.topics.Lifetime.HISTORY;
import static io.touchpoint.topics.Lifetime.LATEST;
import static io.touchpoint.topics.Lifetime.PASSAGE;
import static io.touchpoint.topics.Lifetime.REFUSALS;
import static io.touchpoint.topics.Lifetime.SIGNAL;
import static io.touchpoint.topics.Partitioning.FREE;
import static io.touchpoint.topics.Partitioning.WITH_CUSTOMERS;
import static io.touchpoint.topics.Role.INPUT;
import static io.touchpoint.topics.Role.INTERNAL;
import static io.touchpoint.topics.Role.OUTPUT;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.AdSpend;
import io.touchpoint.records.Alert;
import io.touchpoint.records.AttributionCredit;
import io.touchpoint.records.AudienceChange;
import io.touchpoint.records.AudienceReceipt;
import io.touchpoint.records.ChurnSignal;
import io.touchpoint.records.CustomerContact;
import io.touchpoint.records.CustomerProfile;
import io.touchpoint.records.ErasureReceipt;
import io.touchpoint.records.ErasureRequest;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.OrderEvent;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.SupportEvent;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SurveyInvitation;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.records.state.ActivationState;
import io.touchpoint.records.state.EndMarker;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.RunDone;
import java.util.List;
import java.util.Optional;

/** Every topic of the pipeline. */
public final class Topics {

    private static final String CUSTOMER = "customer_id";

    public static final Topic<SurveyResponse> SURVEYS = new Topic<>(
            "surveys",
            SurveyResponse.class,
            INPUT,
            HISTORY,
            WITH_CUSTOMERS,
            CUSTOMER,
            "Answers to surveys, their edits and withdrawals");

    public static final Topic<OrderEvent> ORDERS = new Topic<>(
            "orders",
            OrderEvent.class,
            INPUT,
            HISTORY,
            WITH_CUSTOMERS,
            CUSTOMER,
            "The steps of orders, from placed to delivered, cancelled or returned");

    public static final Topic<AdClick> AD_CLICKS = new Topic<>(
            "ad-clicks", AdClick.class, INPUT, HISTORY, WITH_CUSTOMERS, CUSTOMER, "Clicks on advertisements");

    public static final Topic<SupportEvent> SUPPORT = new Topic<>(
            "support", SupportEvent.class, INPUT, HISTORY, WITH_CUSTOMERS, CUSTOMER, "The steps of support tickets");

    public static final Topic<CustomerContact> CUSTOMERS = new Topic<>(
            "customers",
            CustomerContact.class,
            INPUT,
            LATEST,
            WITH_CUSTOMERS,
            CUSTOMER,
            "Addresses and consent; a null value withdraws both");

    public static final Topic<ErasureRequest> ERASURES = new Topic<>(
            "erasures",
            ErasureRequest.class,
            INPUT,
            HISTORY,
            WITH_CUSTOMERS,
            CUSTOMER,
            "Requests to forget a customer");

    public static final Topic<SurveyInvitation> INVITATIONS = new Topic<>(
            "invitations",
            SurveyInvitation.class,
            INPUT,
            HISTORY,
            WITH_CUSTOMERS,
            CUSTOMER,
            "Invitations to a survey, for the response rate");

    public static final Topic<AdSpend> AD_SPEND = new Topic<>(
            "ad-spend",
            AdSpend.class,
            INPUT,
            LATEST,
            WITH_CUSTOMERS,
            "platform/campaign_id/day",
            "What campaigns cost, by day; the same key again replaces");

    public static final Topic<LeadEvent> LEADS =
            new Topic<>("leads", LeadEvent.class, INPUT, HISTORY, WITH_CUSTOMERS, "lead_id", "The steps of leads");

    public static final Topic<CustomerProfile> PROFILES = new Topic<>(
            "profiles",
            CustomerProfile.class,
            OUTPUT,
            LATEST,
            FREE,
            CUSTOMER,
            "All that is known of a customer; a null value after an erasure");

    public static final Topic<Suppression> SUPPRESSIONS = new Topic<>(
            "suppressions",
            Suppression.class,
            OUTPUT,
            LATEST,
            FREE,
            "customer_id|scope|scope_value, the value with | and % percent-encoded",
            "What not to advertise to whom, why and until when; LIFTED when it may be again");

    public static final Topic<AudienceChange> AUDIENCE_CHANGES = new Topic<>(
            "audience-changes",
            AudienceChange.class,
            OUTPUT,
            HISTORY,
            FREE,
            "platform|customer_id|scope|scope_value, the value with | and % percent-encoded",
            "The suppressions as each ad platform wants them, addresses hashed; a null value after the last REMOVE, when nothing is said of the suppression any more");

    public static final Topic<AudienceReceipt> AUDIENCE_RECEIPTS = new Topic<>(
            "audience-receipts",
            AudienceReceipt.class,
            OUTPUT,
            HISTORY,
            FREE,
            "key of the audience change",
            "What became of each audience change at the ad platform: sent, accepted, refused and why");

    public static final Topic<ChurnSignal> CHURN_SIGNALS = new Topic<>(
            "churn-signals",
            ChurnSignal.class,
            OUTPUT,
            HISTORY,
            FREE,
            CUSTOMER,
            "A customer's churn level changed: from what to what, why, and what to do");

    public static final Topic<AttributionCredit> ATTRIBUTION = new Topic<>(
            "attribution",
            AttributionCredit.class,
            OUTPUT,
            HISTORY,
            FREE,
            "order_id|model|touch|cause event_id",
            "Which touch earned how much of which sale; negative on returns");

    public static final Topic<KpiValue> ROLLING_KPIS = new Topic<>(
            "kpis.rolling",
            KpiValue.class,
            OUTPUT,
            LATEST,
            FREE,
            "kpi|segment|window",
            "KPIs over the last hour, day, week, month and quarter, live");

    public static final Topic<KpiValue> CALENDAR_KPIS = new Topic<>(
            "kpis.calendar",
            KpiValue.class,
            OUTPUT,
            LATEST,
            FREE,
            "kpi|segment|period|start",
            "KPIs by day, ISO week and month, provisional and final");

    public static final Topic<Alert> ALERTS = new Topic<>(
            "alerts",
            Alert.class,
            OUTPUT,
            HISTORY,
            FREE,
            "rule|segment",
            "A KPI crossed a line or moved beyond chance, or a customer wants a call back; and the end of that");

    public static final Topic<Rejected> REJECTED = new Topic<>(
            "rejected",
            Rejected.class,
            OUTPUT,
            REFUSALS,
            FREE,
            "topic/partition/offset of the refused record",
            "Every refused record with its bytes and the reason");

    public static final Topic<ErasureReceipt> ERASURE_RECEIPTS = new Topic<>(
            "erasure-receipts",
            ErasureReceipt.class,
            OUTPUT,
            HISTORY,
            FREE,
            "hash of the customer",
            "What was deleted at an erasure");

    public static final Topic<FactPartial> FACT_PARTIALS = new Topic<>(
            "fact-partials",
            FactPartial.class,
            INTERNAL,
            PASSAGE,
            FREE,
            "dimension, or #partition for a clock alone",
            "Facts of one task, summed for up to a second, on their way to the KPI roll-up");

    public static final Topic<EndMarker> CONTROL = new Topic<>(
            "control",
            EndMarker.class,
            INTERNAL,
            SIGNAL,
            WITH_CUSTOMERS,
            "run",
            "The end of a replay, one marker on each partition");

    public static final Topic<RunDone> RUNS_DONE = new Topic<>(
            "runs-done",
            RunDone.class,
            INTERNAL,
            PASSAGE,
            FREE,
            "partition of the roll-up",
            "A roll-up task has published everything of a replay");

    public static final Topic<ActivationState> ACTIVATION_STATE = new Topic<>(
            "activation-state",
            ActivationState.class,
            INTERNAL,
            LATEST,
            FREE,
            "platform, then the row",
            "What activation knows of each platform's audiences: members, owners, what is being sent");

    private static final List<Topic<?>> ALL = List.of(
            SURVEYS,
            ORDERS,
            AD_CLICKS,
            SUPPORT,
            CUSTOMERS,
            ERASURES,
            INVITATIONS,
            AD_SPEND,
            LEADS,
            PROFILES,
            SUPPRESSIONS,
            AUDIENCE_CHANGES,
            AUDIENCE_RECEIPTS,
            CHURN_SIGNALS,
            ATTRIBUTION,
            ROLLING_KPIS,
            CALENDAR_KPIS,
            ALERTS,
            REJECTED,
            ERASURE_RECEIPTS,
            FACT_PARTIALS,
            CONTROL,
            RUNS_DONE,
            ACTIVATION_STATE);

    private Topics() {}

    /** All of them: inputs, outputs, internal ones. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    /** Those of one role, in order of declaration. */
    public static List<Topic<?>> of(Role role) {
        return ALL.stream().filter(topic -> topic.role() == role).toList();
    }

    /** Those whose records reach the customer fold. */
    public static List<Topic<?>> ofCustomers() {
        return coPartitioned().stream()
                .filter(topic -> topic != AD_SPEND && topic != LEADS)
                .toList();
    }

    /** Partition n of all of them belongs to one task. */
    public static List<Topic<?>> coPartitioned() {
        return ALL.stream()
                .filter(topic -> topic.partitioning() == WITH_CUSTOMERS)
                .toList();
    }

    /** By full name, as in record metadata. */
    public static Optional<Topic<?>> named(String name) {
        return ALL.stream().filter(topic -> topic.name().equals(name)).findFirst();
    }
}

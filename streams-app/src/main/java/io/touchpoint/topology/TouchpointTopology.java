package io.touchpoint.topology;

import static io.touchpoint.topics.Topics.AD_CLICKS;
import static io.touchpoint.topics.Topics.AD_SPEND;
import static io.touchpoint.topics.Topics.ALERTS;
import static io.touchpoint.topics.Topics.ATTRIBUTION;
import static io.touchpoint.topics.Topics.AUDIENCE_CHANGES;
import static io.touchpoint.topics.Topics.CALENDAR_KPIS;
import static io.touchpoint.topics.Topics.CHURN_SIGNALS;
import static io.touchpoint.topics.Topics.CONTROL;
import static io.touchpoint.topics.Topics.CUSTOMERS;
import static io.touchpoint.topics.Topics.ERASURES;
import static io.touchpoint.topics.Topics.ERASURE_RECEIPTS;
import static io.touchpoint.topics.Topics.FACT_PARTIALS;
import static io.touchpoint.topics.Topics.INVITATIONS;
import static io.touchpoint.topics.Topics.LEADS;
import static io.touchpoint.topics.Topics.ORDERS;
import static io.touchpoint.topics.Topics.PROFILES;
import static io.touchpoint.topics.Topics.REJECTED;
import static io.touchpoint.topics.Topics.ROLLING_KPIS;
import static io.touchpoint.topics.Topics.RUNS_DONE;
import static io.touchpoint.topics.Topics.SUPPORT;
import static io.touchpoint.topics.Topics.SUPPRESSIONS;
import static io.touchpoint.topics.Topics.SURVEYS;

import io.touchpoint.config.AppConfig;
import io.touchpoint.domain.intake.EventCheck;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.serdes.RecordSerdes;
import java.time.InstantSource;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Named;

/** The whole flow: the events of customers are checked, folded by customer into decisions, and their facts, with those of spend and leads, rolled up into KPIs. */
public final class TouchpointTopology {

    private final TopologySettings settings;

    /**
     * @param config what is configured
     * @param policy the rules to decide by
     * @param serdes of all topics and stores
     * @param wallClock the wall clock
     * @param inputLag how much of the input still waits
     */
    public TouchpointTopology(
            AppConfig config, Policy policy, RecordSerdes serdes, InstantSource wallClock, InputLag inputLag) {
        this.settings = TopologySettings.of(config, policy, serdes, wallClock, inputLag);
    }

    /**
     * @param properties of Kafka Streams; they decide over names and caches already while building
     */
    public Topology build(Properties properties) {
        var serdes = settings.serdes();
        var builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
        var eventTime = new EventTime(settings.futureTolerance(), settings.wallClock());

        // Merged one by one: what there is most of comes last, and so through the fewest steps.
        var inputs = Stream.of(INVITATIONS, ERASURES, CUSTOMERS, SUPPORT, SURVEYS, AD_CLICKS, ORDERS)
                .map(topic -> topic.decodedFrom(builder, serdes, eventTime))
                .toList();
        var marketing = new MarketingStep(settings)
                .fold(
                        AD_SPEND.decodedFrom(builder, serdes, eventTime),
                        LEADS.decodedFrom(builder, serdes, eventTime),
                        CONTROL.from(builder, serdes, eventTime));
        var arrivals = new Intake(new EventCheck(settings.futureTolerance())).check(inputs, marketing.ends());

        var outcomes = new CustomerStep(settings).fold(arrivals);
        PROFILES.to(outcomes.profiles(), serdes);
        var suppressions = outcomes.suppressions();
        SUPPRESSIONS.to(suppressions, serdes);
        ALERTS.to(new CallBackStep(settings.alerts()).watch(suppressions), serdes, "of-call-backs");
        AUDIENCE_CHANGES.to(outcomes.audienceChanges(), serdes);
        CHURN_SIGNALS.to(outcomes.churnSignals(), serdes);
        ATTRIBUTION.to(outcomes.credits(), serdes);
        ERASURE_RECEIPTS.to(outcomes.erasureReceipts(), serdes);
        REJECTED.to(outcomes.rejected().merge(marketing.rejected(), Named.as("merge-rejected")), serdes);
        var sent = outcomes.facts().merge(marketing.facts(), Named.as("merge-facts"));
        FACT_PARTIALS.to(sent, serdes, new FactPartitioner());

        var facts = FACT_PARTIALS.from(builder, serdes, eventTime);
        var kpis = KpiRollUp.of(settings).roll(facts);
        ROLLING_KPIS.to(kpis.rolling(), serdes);
        CALENDAR_KPIS.to(kpis.calendar(), serdes);
        ALERTS.to(kpis.alerts(), serdes);
        RUNS_DONE.to(kpis.done(), serdes);
        return builder.build(properties);
    }
}

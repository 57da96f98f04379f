package io.touchpoint.topology;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.ClockMode;
import io.touchpoint.domain.alert.AlertRules;
import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.customer.Limits;
import io.touchpoint.domain.policy.Policy;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.serdes.RecordSerdes;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What the topology is built from.
 *
 * @param policy the rules to decide by
 * @param limits how much is kept of one customer
 * @param serdes of all topics and stores
 * @param eventTimeOnly whether time is that of the events alone, as in a replay; else the wall clock counts once the input is read
 * @param catalogue which KPIs are counted
 * @param calendar how KPIs are counted by the calendar
 * @param alerts what raises alerts
 * @param customerPartitions partitions of every topic keyed by customer
 * @param rollUpPartitions partitions of the fact partials
 * @param futureTolerance how far ahead of the wall clock an event may be
 * @param poison how much of a topic may be refused before the pipeline stops
 * @param stateBytesLimit bytes that the state of one customer may take
 * @param hotCustomers customers of usual size that one task keeps decoded in memory
 * @param wallClock the wall clock, for the timestamps of records from the future
 * @param inputLag how much of the input still waits
 */
record TopologySettings(
        Policy policy,
        Limits limits,
        RecordSerdes serdes,
        boolean eventTimeOnly,
        KpiCatalogue catalogue,
        CalendarRules calendar,
        AlertRules alerts,
        int customerPartitions,
        int rollUpPartitions,
        Duration futureTolerance,
        PoisonGuard.Limit poison,
        int stateBytesLimit,
        int hotCustomers,
        InstantSource wallClock,
        InputLag inputLag) {

    /** @throws IllegalArgumentException when the policy looks further back than anything is kept */
    static TopologySettings of(
            AppConfig config, Policy policy, RecordSerdes serdes, InstantSource wallClock, InputLag inputLag) {
        var customers = config.customers();
        checkLookback(policy, customers.limits());
        var poison = config.poison();
        return new TopologySettings(
                policy,
                customers.limits(),
                serdes,
                config.streams().clock() == ClockMode.EVENT,
                config.kpis().catalogue(),
                new CalendarRules(
                        config.kpis().zone(),
                        config.kpis().calendarGrace(),
                        customers.limits().historyHorizon()),
                config.streams().clock() == ClockMode.EVENT ? config.alerts().inReplays() : config.alerts(),
                config.topics().partitions(),
                config.topics().partitions(),
                customers.futureTolerance(),
                new PoisonGuard.Limit(poison.share(), poison.window(), poison.atLeast()),
                customers.stateCap(),
                customers.hotCustomers(),
                wallClock,
                inputLag);
    }

    /** {@return the time of arrival of what is read now by the wall clock, {@link FoldLedger#NO_ARRIVAL} in a replay} */
    long arrival(long wallClock) {
        return eventTimeOnly ? FoldLedger.NO_ARRIVAL : wallClock;
    }

    /** Beyond the history clicks are let go. */
    private static void checkLookback(Policy policy, Limits limits) {
        var lookback = policy.attribution().lookback();
        if (lookback.compareTo(limits.historyHorizon()) > 0) {
            throw new IllegalArgumentException("attribution.lookback of policy " + policy.version() + ": " + lookback
                    + " (expected: at most customers.history-horizon, " + limits.historyHorizon() + ")");
        }
    }
}

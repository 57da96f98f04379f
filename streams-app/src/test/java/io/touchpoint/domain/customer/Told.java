package io.touchpoint.domain.customer;

import static io.touchpoint.domain.customer.CustomerEvents.DAY;
import static io.touchpoint.domain.customer.CustomerEvents.START;

import io.touchpoint.records.ChurnReason;
import io.touchpoint.records.SuppressionState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/** What consumers were told, in lines that read like the contract. Times are days since the start. */
final class Told {

    private Told() {}

    /** {@return the suppressions published since the last call: {@code 0: SKU|s ACTIVE [PURCHASED] since 0 until 90 by [paid-o1@0] test-7}} */
    static List<String> suppressions(FoldedCustomer customer) {
        return customer.decisions().takeSuppressions().stream().map(Told::say).toList();
    }

    private static String say(RecordedDecisions.Published published) {
        var key = published.key().substring(published.key().indexOf('|') + 1);
        var head = days(published.at()) + ": " + key + " ";
        var value = published.value();
        if (value == null) {
            return head + "gone";
        }
        boolean active = value.getState() == SuppressionState.ACTIVE;
        return head + value.getState() + " " + value.getReasons()
                + (active ? " since " + days(value.getSince()) : "")
                + (value.getUntil() == null ? "" : " until " + days(value.getUntil()))
                + " by " + value.getCause().getEventIds() + " "
                + value.getCause().getPolicyVersion();
    }

    /** {@return the signals so far: {@code 9.8: HEALTHY → WATCH [SILENCE] reminder model-3}} */
    static List<String> signals(FoldedCustomer customer) {
        return customer.decisions().signals().stream()
                .map(signalled -> {
                    var signal = signalled.value();
                    return signal == null
                            ? days(signalled.at()) + ": gone"
                            : days(signal.getDecidedAt()) + ": " + signal.getPreviousLevel() + " → " + signal.getLevel()
                                    + " "
                                    + signal.getReasons().stream()
                                            .map(ChurnReason::getCode)
                                            .toList() + " "
                                    + signal.getAction() + " " + signal.getModelVersion();
                })
                .toList();
    }

    static String days(Instant instant) {
        return days(instant.toEpochMilli());
    }

    static String days(long instant) {
        return BigDecimal.valueOf(instant - START)
                .divide(BigDecimal.valueOf(DAY), 4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}

package io.touchpoint.topology;

import io.touchpoint.records.Alert;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.RunDone;

/** What the roll-up says. */
sealed interface RollUpOutput {
    /** The value of a KPI over a window. */
    record Rolling(KpiValue kpi) implements RollUpOutput {}

    /** The value of a KPI in a period of the calendar; null when it has none any more. */
    record Calendar(KpiValue kpi) implements RollUpOutput {}

    /** An incident begins or is over. */
    record Alerted(Alert alert) implements RollUpOutput {}

    /** Everything of a run is published. */
    record Done(RunDone run) implements RollUpOutput {}
}

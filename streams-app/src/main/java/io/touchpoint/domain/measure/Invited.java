package io.touchpoint.domain.measure;

import io.touchpoint.domain.kpi.Dimensions;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.kpi.Measure;
import io.touchpoint.records.state.KeptInvitation;

/** An invitation to answer a survey, at its own time. */
final class Invited {

    private Invited() {}

    static void count(Measure measure, KeptInvitation invitation, int sign, FactSink facts) {
        facts.fact(measure.id(), Facts.ALL, "", invitation.getAt(), sign);
        facts.fact(measure.id(), Dimensions.TOUCHPOINT, invitation.getTouchpoint(), invitation.getAt(), sign);
        facts.fact(measure.id(), Dimensions.CHANNEL, invitation.getChannel(), invitation.getAt(), sign);
    }
}

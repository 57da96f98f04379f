package io.touchpoint.domain.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AlertState;
import io.touchpoint.records.Suppression;
import io.touchpoint.records.SuppressionState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallBacksTest {
    private static final String KEY = "a|b|ALL|";

    private final CallBacks callBacks = new CallBacks(Optional.of("call-back"));

    @Test
    void shouldFireOnceWhateverOtherReasonsComeAndGo() {
        var fired =
                callBacks.decide(KEY, active("DETRACTOR"), Optional.empty(), 5).orElseThrow();
        assertThat(fired.getState()).isEqualTo(AlertState.FIRING);
        assertThat(AlertBook.keyOf(fired)).isEqualTo("call-back|customer=a%7Cb");
        var open = CallBacks.Open.read(CallBacks.Open.of(fired).text());
        assertThat(open).contains(new CallBacks.Open("call-back", 5));

        assertThat(callBacks.decide(KEY, active("OPEN_TICKET", "DETRACTOR"), open, 6))
                .isEmpty();
        assertThat(callBacks.decide(KEY, active("OPEN_TICKET"), open, 7)).hasValueSatisfying(resolved -> {
            assertThat(resolved.getState()).isEqualTo(AlertState.RESOLVED);
            assertThat(resolved.getOpenedAt().toEpochMilli()).isEqualTo(5);
        });
        assertThat(callBacks.decide(KEY, active("OPEN_TICKET"), Optional.empty(), 8))
                .isEmpty();
        assertThat(callBacks.decide(KEY, null, Optional.empty(), 9)).isEmpty();
    }

    @Test
    void shouldEndUnderTheNameItBeganWithWhenTheRuleIsGone() {
        var open = Optional.of(new CallBacks.Open("old-name", 5));

        assertThat(new CallBacks(Optional.empty()).decide(KEY, active("DETRACTOR"), open, 6))
                .hasValueSatisfying(resolved -> assertThat(resolved.getRule()).isEqualTo("old-name"));
        assertThat(callBacks.decide(KEY, active("DETRACTOR"), open, 6)).isEmpty();
    }

    @Test
    void shouldConcernAllAdvertisingOnly() {
        assertThat(CallBacks.concerns(KEY)).isTrue();
        assertThat(CallBacks.concerns("a|SKU|ALL")).isFalse();
        assertThat(CallBacks.concerns("a|SKU|x%7CALL%7C")).isFalse();
    }

    private static Suppression active(String... reasons) {
        var suppression = new Suppression();
        suppression.setState(SuppressionState.ACTIVE);
        suppression.setReasons(List.of(reasons));
        return suppression;
    }
}

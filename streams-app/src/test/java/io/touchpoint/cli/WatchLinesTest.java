package io.touchpoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchLinesTest {

    @Test
    void shouldDrawFromTheLeastToTheGreatest() {
        assertThat(WatchLines.bars(List.of(10.0, 45.0, 80.0, 10.0))).isEqualTo("▁▅█▁");
        assertThat(WatchLines.bars(List.of(-3.0, -3.0))).isEqualTo("▁▁");
        assertThat(WatchLines.bars(List.of())).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatIsAbsentAndWhatIsOld() {
        assertThat(WatchLines.bars(Arrays.asList(1.0, null, 2.0))).isEqualTo("▁█");
        var many = new ArrayList<>(Collections.nCopies(100, 1.0));
        many.add(2.0);
        assertThat(WatchLines.bars(many)).hasSize(32).endsWith("▁█");
    }
}

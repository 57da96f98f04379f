package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.touchpoint.records.state.FactPartial;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FactPartitionerTest {
    private final FactPartitioner partitioner = new FactPartitioner();
    private final FactPartial partial = new FactPartial(0, 0L, false, "", "", List.of());

    @Test
    void shouldLeaveDimensionsToTheHashOfTheirKey() {
        assertThat(partitioner.partitions("facts", "channel", partial, 4)).isEmpty();
    }

    @Test
    void shouldSendAClockToThePartitionItNames() {
        assertThat(partitioner.partitions("facts", FactPartitioner.keyOf(3), partial, 4))
                .hasValue(Set.of(3));
    }

    @Test
    void shouldRefuseAPartitionThatTheTopicLacks() {
        assertThatThrownBy(() -> partitioner.partitions("facts", FactPartitioner.keyOf(4), partial, 4))
                .hasMessageContaining("partition 4 of facts")
                .hasMessageContaining("0 to 3");
    }
}

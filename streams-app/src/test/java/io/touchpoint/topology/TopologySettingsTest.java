package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.touchpoint.config.AppConfig;
import io.touchpoint.config.PolicyFile;
import io.touchpoint.registry.InMemorySchemaRegistry;
import io.touchpoint.serdes.RecordSerdes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologySettingsTest {

    @Test
    void shouldRefuseToLookBackFurtherThanAnythingIsKept() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("29d"))
                .withMessage("attribution.lookback of policy 2026-01: PT720H (expected: at most"
                        + " customers.history-horizon, PT696H)");
        assertThat(settings("30d").policy().attribution().lookback()).hasDays(30);
    }

    private static TopologySettings settings(String historyHorizon) {
        var config = AppConfig.read(Optional.empty(), Map.of(), Map.of("customers.history-horizon", historyHorizon));
        var serdes = RecordSerdes.over(new InMemorySchemaRegistry());
        return TopologySettings.of(
                config, PolicyFile.shipped(), serdes, () -> Instant.EPOCH, partitions -> processed -> 0);
    }
}

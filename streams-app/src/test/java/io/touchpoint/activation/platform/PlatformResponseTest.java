package io.touchpoint.activation.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlatformResponseTest {

    private static final String DATE = "Fri, 02 Jan 2026 10:00:00 GMT";

    @Test
    void shouldReadHowLongToWaitInSecondsAndAsADate() {
        assertThat(response(Map.of("retry-after", " 77 ")).retryAfter()).contains(Duration.ofSeconds(77));
        assertThat(response(Map.of("retry-after", "Fri, 02 Jan 2026 10:05:00 GMT", "date", DATE))
                        .retryAfter())
                .contains(Duration.ofMinutes(5));
    }

    @Test
    void shouldTakeNoWaitFromWhatIsOverOrCannotBeRead() {
        assertThat(response(Map.of()).retryAfter()).isEmpty();
        assertThat(response(Map.of("retry-after", "soon", "date", DATE)).retryAfter())
                .isEmpty();
        assertThat(response(Map.of("retry-after", "Fri, 02 Jan 2026 10:05:00 GMT"))
                        .retryAfter())
                .isEmpty();
        assertThat(response(Map.of("retry-after", "Fri, 02 Jan 2026 09:00:00 GMT", "date", DATE))
                        .retryAfter())
                .isEmpty();
    }

    private static PlatformResponse response(Map<String, String> headers) {
        return new PlatformResponse(429, headers, "");
    }
}

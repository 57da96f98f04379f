package io.touchpoint.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {

    private static final OwnNames NAMES =
            new OwnNames(new AppConfig.Http("127.0.0.1", 8080, Optional.empty(), Optional.empty()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost:9999",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.255.255.254:1",
                "[::1]",
                "[::1]:8080"
            })
    void shouldIncludeLoopbackWhateverThePort(String host) {
        assertThat(NAMES.include(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example:8080",
                "evil.example:127.0.0.1",
                "localhost:8080@evil.example",
                "evil.example@localhost",
                "evil.example, localhost",
                "127.0.0.256",
                "0.0.0.0:8080",
                "192.168.0.7:8080",
                "[::2]:8080",
                "[::1].evil.example",
                "::1",
                "localhost:",
                "localhost:x",
                " localhost",
                "localhost\nevil.example"
            })
    void shouldLeaveOutEverythingElse(String host) {
        assertThat(NAMES.include(host)).isFalse();
    }

    @Test
    void shouldLeaveOutARequestThatNamesNoHost() {
        assertThat(NAMES.include(null)).isFalse();
    }

    @Test
    void shouldIncludeWhatIsConfigured() {
        var names = new OwnNames(
                new AppConfig.Http("My-Loopback", 8080, Optional.empty(), Optional.of("touchpoint.example:443")));

        assertThat(names.include("my-loopback:8080")).isTrue();
        assertThat(names.include("TOUCHPOINT.example")).isTrue();
        assertThat(names.include("evil.example")).isFalse();
    }

    @Test
    void shouldIncludeAnAddressThatIsBoundAsAUrlShowsIt() {
        var names = new OwnNames(
                new AppConfig.Http("0:0:0:0:0:0:0:1", 8080, Optional.empty(), Optional.of("[fd00::7]:8080")));

        assertThat(names.include("[0:0:0:0:0:0:0:1]:8080")).isTrue();
        assertThat(names.include("[FD00::7]:8080")).isTrue();
    }
}

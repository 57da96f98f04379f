package io.touchpoint.sandbox.demo.summary;

import static io.touchpoint.sandbox.demo.summary.OutputRecords.profile;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTextTest {

    private final Board board = new Board();

    @Test
    void shouldPutTheNumbersOfTheFilesBesideThoseOfThePipeline() {
        board.profile("a", profile(2, 883_200_326, "HEALTHY"));

        assertThat(HistoryText.results(board.summary(), true))
                .contains("  revenue, GBP                         8,832,003.26   8,832,003.26")
                .contains("  NPS of the airport                              -        39.8398");
    }

    @Test
    void shouldNotCompareOnceThereWasOtherTraffic() {
        board.profile("a", profile(2, 883_200_326, "HEALTHY"));

        assertThat(HistoryText.results(board.summary(), false))
                .contains("  revenue, GBP                         8,832,003.26")
                .noneMatch(line -> line.contains("the files"));
    }

    @Test
    void shouldSayWhatIsReal() {
        assertThat(HistoryText.origins())
                .anyMatch(line -> line.startsWith("Real: "))
                .anyMatch(line -> line.startsWith("Generated: "))
                .allMatch(line -> line.length() < 80);
    }
}

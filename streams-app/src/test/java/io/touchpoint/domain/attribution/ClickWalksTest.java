package io.touchpoint.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClickWalksTest {

    private static final PathCount CONVERTED = new PathCount(1, 0);
    private static final PathCount NOTHING = new PathCount(0, 1);

    /** Days are milliseconds here; a click counts for thirty of them. */
    private final ClickWalks walks = new ClickWalks(30);

    @Test
    void shouldEndAPathWithAnOrderAndBeginAnother() {
        click("a", "k1", "google", 1);
        click("a", "k2", "meta", 5);
        walks.paid("a", "o1", 6);
        click("a", "k3", "tiktok", 7);
        walks.paid("a", "o2", 37);
        walks.paid("a", "o3", 38);
        walks.end(100);

        assertThat(walks.paths())
                .containsOnlyKeys(List.of("google", "meta"), List.of("tiktok"))
                .containsValues(CONVERTED);
        assertThat(walks.unclicked()).isEqualTo(1);
        assertThat(walks.open()).isZero();
    }

    @Test
    void shouldCountTheClicksAtBothEndsOfTheLookbackAndThoseBeforeItAsLedNowhere() {
        click("a", "k1", "early", 9);
        click("a", "k2", "google", 10);
        click("a", "k3", "meta", 40);
        walks.paid("a", "o1", 40);

        assertThat(walks.paths())
                .hasSize(2)
                .containsEntry(List.of("early"), NOTHING)
                .containsEntry(List.of("google", "meta"), CONVERTED);
    }

    @Test
    void shouldBeginAnotherPathAfterALongSilence() {
        click("a", "k1", "google", 1);
        click("a", "k2", "google", 31);
        click("a", "k3", "meta", 62);
        walks.end(93);

        assertThat(walks.paths())
                .hasSize(2)
                .containsEntry(List.of("google", "google"), NOTHING)
                .containsEntry(List.of("meta"), NOTHING);
    }

    @Test
    void shouldLeaveOutWhatIsNotOverYet() {
        click("a", "k1", "google", 1);
        click("a", "k2", "meta", 40);
        click("a", "k3", "meta", 70);
        walks.end(100);

        assertThat(walks.paths()).containsOnlyKeys(List.of("google"));
        assertThat(walks.open()).isEqualTo(1);
    }

    @Test
    void shouldCountAClickAndAPaymentOnceAndEachCustomerAlone() {
        click("a", "k1", "google", 1);
        click("a", "k1", "meta", 2);
        click("b", "k1", "google", 2);
        walks.paid("a", "o1", 3);
        click("a", "k2", "meta", 4);
        walks.paid("a", "o1", 5);
        walks.paid("b", "o1", 6);
        walks.end(100);

        assertThat(walks.paths())
                .hasSize(2)
                .containsEntry(List.of("google"), new PathCount(2, 0))
                .containsEntry(List.of("meta"), NOTHING);
    }

    @Test
    void shouldForgetWhatWasOpenWithAnErasureAndKeepWhatWasCounted() {
        click("a", "k1", "google", 1);
        walks.paid("a", "o1", 2);
        click("a", "k2", "meta", 3);
        walks.erased("a");
        walks.paid("a", "o2", 4);
        walks.end(100);

        assertThat(walks.paths()).containsOnlyKeys(List.of("google"));
        assertThat(walks.unclicked()).isEqualTo(1);
    }

    private void click(String customer, String click, String channel, long at) {
        walks.click(customer, click, channel, at);
    }
}

package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AdSpend;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.LeadEvent;
import io.touchpoint.records.LeadStatus;
import io.touchpoint.records.Rejected;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarketingStepTest {
    private static final Instant NOW = Instant.parse("2010-01-10T12:00:00Z");

    private final PipelineDriver pipeline = PipelineDriver.live(NOW);

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void shouldReplaceSpendThatIsRestated() {
        spend("e1", "2010-01-08", 5_000);
        spend("e2", "2010-01-08", 4_000);
        spend("e3", "2010-01-09", 1_000);

        Map<String, KpiValue> values = published();

        KpiValue month = values.get("drr|campaign=k1/EUR/linear|MONTH|2010-01");
        assertThat(month.getNumerator()).isEqualTo(5_000);
        assertThat(month.getValue()).isNull();
        assertThat(values.get("drr|platform=meta/EUR/linear|DAY|2010-01-08").getNumerator())
                .isEqualTo(4_000);
        assertThat(values.get("cac|all/EUR|P30D").getNumerator()).isEqualTo(5_000);
    }

    /** Both have the key a/b/c/2010-01-08. */
    @Test
    void shouldTellCampaignsApartWhoseNamesHoldTheSeparator() {
        for (var one : List.of(List.of("a/b", "c"), List.of("a", "b/c"))) {
            var spend = spendOf("e1", "2010-01-08", 3_000);
            spend.setPlatform(one.get(0));
            spend.setCampaignId(one.get(1));
            pipeline.send(Topics.AD_SPEND, "a/b/c/2010-01-08", spend);
        }

        Map<String, KpiValue> values = published();

        assertThat(values.get("cac|all/EUR|P30D").getNumerator()).isEqualTo(6_000);
        assertThat(values.get("drr|platform=a%2Fb/EUR/linear|DAY|2010-01-08").getNumerator())
                .isEqualTo(3_000);
    }

    @Test
    void shouldDivideSpendByLeadsThatAreNotInvalid() {
        spend("e1", "2010-01-08", 6_000);
        lead("l1", "a", LeadStatus.CREATED, 1);
        lead("l2", "b", LeadStatus.CREATED, 2);
        lead("l3", "c", LeadStatus.CREATED, 3);
        lead("l3", "d", LeadStatus.WON, 4);
        lead("l2", "e", LeadStatus.INVALID, 5);

        Map<String, KpiValue> values = published();

        assertThat(values.get("cpl|campaign=k1/EUR|P30D").getValue()).isEqualTo(3_000.0);
        assertThat(values.get("lcr|channel=web|P30D").getValue()).isEqualTo(50.0);
        assertThat(values.get("lcr|all|MONTH|2010-01").getN()).isEqualTo(2);
    }

    @Test
    void shouldRejectWhatBreaksItsContract() {
        pipeline.send(Topics.AD_SPEND, "meta/k1/2010-01-07", spendOf("e1", "2010-01-08", 1));
        pipeline.send(Topics.AD_SPEND, "meta/k1/yesterday", spendOf("e2", "yesterday", 1));
        spend("e3", "2010-01-08", -1);
        spend("e4", "2010-01-12", 1);
        spend("e5", "2008-01-08", 1);
        pipeline.sendBytes(Topics.LEADS, "l1", new byte[] {1, 2, 3}, NOW);
        pipeline.sendBytes(Topics.LEADS, "l1", null, NOW);

        assertThat(pipeline.rejections())
                .extracting(PipelineDriver.Published::value)
                .extracting(Rejected::getReason)
                .containsExactly(
                        "WRONG_KEY", "INVALID", "INVALID", "FROM_THE_FUTURE", "TOO_LATE", "UNDECODABLE", "INVALID");
        assertThat(pipeline.account()).isEqualTo(new PipelineDriver.Account(7, 0, 0, 7));
        assertThat(pipeline.rejectedFor("INVALID")).isEqualTo(3);
    }

    @Test
    void shouldAccountForEveryRecord() {
        spend("e1", "2010-01-08", 5_000);
        spend("e1", "2010-01-08", 5_000);
        lead("l1", "a", LeadStatus.CREATED, 1);

        assertThat(pipeline.account()).isEqualTo(new PipelineDriver.Account(3, 2, 1, 0));
    }

    @Test
    void shouldForgetSpendAndLeadsThatNothingCanTouchAnyMore() {
        spend("e1", "2010-01-08", 5_000);
        lead("l1", "a", LeadStatus.CREATED, 1);
        pipeline.advance(Duration.ofDays(401));
        assertThat(pipeline.storedKeys(MarketingStep.SPEND)).contains("meta/k1/2010-01-08");
        leadAt("l2", "b", pipeline.now());

        pipeline.advance(MarketingProcessor.SWEEP_EVERY.multipliedBy(2));
        assertThat(pipeline.storedKeys(MarketingStep.SPEND)).containsExactly("newest");
        assertThat(pipeline.storedKeys(MarketingStep.LEADS)).containsExactly("l1", "l2");

        pipeline.advance(Duration.ofDays(401));
        leadAt("l3", "c", pipeline.now());
        pipeline.advance(MarketingProcessor.SWEEP_EVERY.multipliedBy(2));
        assertThat(pipeline.storedKeys(MarketingStep.LEADS)).containsExactly("l2", "l3");
    }

    /** Waits until the input counts as read, and then until what came of it is published. */
    private Map<String, KpiValue> published() {
        pipeline.advance(Duration.ofMinutes(1));
        pipeline.advance(Duration.ofSeconds(3));
        return pipeline.kpis();
    }

    private void spend(String id, String day, long minor) {
        pipeline.send(Topics.AD_SPEND, "meta/k1/" + day, spendOf(id, day, minor));
    }

    /** Reported in the morning, each event a second after the one before. */
    private static AdSpend spendOf(String id, String day, long minor) {
        Instant at = Instant.parse("2010-01-10T06:00:00Z").plusSeconds(id.charAt(1));
        return new AdSpend(id, at, "test", "meta", "k1", day, minor, "EUR", 10L, 1L);
    }

    private void lead(String lead, String id, LeadStatus status, int hour) {
        Instant at = Instant.parse("2010-01-09T00:00:00Z").plusSeconds(3_600L * hour);
        pipeline.send(Topics.LEADS, lead, new LeadEvent(id, lead, null, at, "test", status, "meta", "k1", "web"));
    }

    private void leadAt(String lead, String id, Instant at) {
        pipeline.send(
                Topics.LEADS, lead, new LeadEvent(id, lead, null, at, "test", LeadStatus.CREATED, "meta", "k1", "web"));
    }
}

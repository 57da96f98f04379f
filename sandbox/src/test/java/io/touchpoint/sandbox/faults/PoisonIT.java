package io.touchpoint.sandbox.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.records.AdClick;
import io.touchpoint.records.Rejected;
import io.touchpoint.records.SurveyKind;
import io.touchpoint.records.SurveyResponse;
import io.touchpoint.sandbox.data.TouchpointEvent;
import io.touchpoint.topics.Role;
import io.touchpoint.topics.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Poison in small and in large doses, and customers and records beyond all measure. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PoisonIT {

    private static final Instant END = Histories.START.plus(Duration.ofDays(60));
    private static final byte[] POISON = {9, 9, 9};

    private static TestCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void empty() {
        cluster.newTopics(Role.values());
    }

    @Test
    void shouldGoOnWithOnePercentOfPoison() {
        int events = 10_000;
        var history = Histories.mixed(events, 200, Duration.ofDays(50), 31);
        for (int i = 0; i < events; i += 100) {
            cluster.publish(history.subList(i, i + 100));
            cluster.publishBytes(
                    Topics.ORDERS, "customer-" + i, POISON, history.get(i).occurredAt());
        }
        run("one-percent");

        assertThat(Outputs.rejections(cluster))
                .hasSize(events / 100)
                .allSatisfy(rejected -> assertThat(rejected.getReason()).isEqualTo("UNDECODABLE"))
                .allSatisfy(rejected -> assertThat(rejected.getTopic()).isEqualTo(Topics.ORDERS.name()))
                .extracting(rejected -> rejected.getPartition() + "/" + rejected.getOffset())
                .doesNotHaveDuplicates();
        assertThat(Outputs.numerator(cluster, "records-folded|all|PT0S")).isEqualTo(events);
        assertThat(Outputs.numerator(cluster, "records-rejected|reason=UNDECODABLE|PT0S"))
                .isEqualTo(events / 100.0);
    }

    @Test
    void shouldStopWithAMessageAndCode1WhenEverythingIsPoison() {
        for (int i = 0; i < 2_000; i++) {
            cluster.publishBytes(Topics.ORDERS, "customer-" + i, POISON, Histories.START);
        }
        try (var process = PipelineProcess.start(cluster.settings(Map.of("application.id", "all-poison")))) {
            assertThat(process.waitFor()).as(process.said()).isEqualTo(1);
            assertThat(process.said())
                    .contains("The pipeline stopped: ")
                    .contains("records of touchpoint.orders.v1 were refused, more than the limit of 50 %")
                    .contains("is UNDECODABLE: ");
        }
        assertThat(Outputs.rejections(cluster)).as("emptied into rejected").hasSizeLessThan(1_000);
    }

    @Test
    void shouldRejectACommentOfTwoMegabytesInPart() {
        cluster.allowRecordsOf(Topics.SURVEYS, 4 << 20);
        cluster.publish(List.of(answer("talkative", 9, "x".repeat(2 << 20)), answer("terse", 3, null)));
        run("comments");

        var rejections = Outputs.rejections(cluster);
        assertThat(rejections).hasSize(1);
        Rejected rejected = rejections.get(0);
        assertThat(rejected.getReason()).isEqualTo("INVALID");
        assertThat(rejected.getTopic()).isEqualTo(Topics.SURVEYS.name());
        assertThat(rejected.getDetail())
                .contains("comment of 2097152 characters")
                .contains("the first 1500000 are kept");
        assertThat(rejected.getValue().remaining()).isEqualTo(1_500_000);
        assertThat(Outputs.of(cluster).of(Topics.PROFILES)).containsOnlyKeys("terse");
        assertThat(Outputs.numerator(cluster, "nps|all|P90D")).isEqualTo(-1);
    }

    @Test
    void shouldKeepACustomerOfAHundredThousandEventsBoundedAndServeTheOthers() {
        int events = 100_000;
        var history = new ArrayList<TouchpointEvent>();
        for (int i = 0; i < events; i++) {
            history.add(click("bot", i));
            if (i % 100 == 0) {
                history.add(click("customer-" + i / 100, i));
            }
        }
        cluster.publish(history);
        run("bot");

        var profiles = Outputs.of(cluster).of(Topics.PROFILES);
        assertThat(profiles).hasSize(events / 100 + 1);
        assertThat(profiles.get("bot")).contains("\"clicks\": " + events).contains("\"capped\": true");
        assertThat(profiles.get("customer-7")).contains("\"clicks\": 1,").contains("\"capped\": false");
        assertThat(Outputs.numerator(cluster, "records-folded|all|PT0S")).isEqualTo(events + events / 100);
        assertThat(cluster.largestState("bot")).isLessThan(600 << 10);
    }

    private static void run(String applicationId) {
        var run = cluster.end(END);
        try (var pipeline = cluster.pipeline(Map.of("application.id", applicationId))) {
            cluster.awaitDone(run, () -> assertThat(pipeline.failure()).isEmpty());
        }
    }

    private static TouchpointEvent answer(String customer, int score, String comment) {
        var at = END.minus(Duration.ofDays(1));
        return TouchpointEvent.of(new SurveyResponse(
                customer,
                customer,
                at,
                "test",
                customer,
                SurveyKind.NPS,
                score,
                0,
                10,
                true,
                "support",
                "chat",
                null,
                null,
                null,
                comment,
                null,
                null,
                false));
    }

    private static TouchpointEvent click(String customer, int i) {
        var id = customer + "-" + i;
        var at = Histories.START.plus(Duration.ofSeconds(30L * i));
        return TouchpointEvent.of(
                new AdClick(id, customer, at, "test", id, "meta", "k1", null, null, null, null, null, null, false));
    }
}

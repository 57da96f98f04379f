package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.touchpoint.domain.catalogue.KpiCatalogue;
import io.touchpoint.domain.kpi.Facts;
import io.touchpoint.domain.rollup.CalendarRules;
import io.touchpoint.records.KpiValue;
import io.touchpoint.records.state.FactPartial;
import io.touchpoint.records.state.RunDone;
import io.touchpoint.serdes.SingleObjectSerde;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollUpProcessorTest {
    private static final Instant NOON = Instant.parse("2010-06-15T12:00:00Z");
    private static final int FOLD_TASKS = 2;
    private static final CalendarRules RULES =
            new CalendarRules(ZoneOffset.UTC, Duration.ofHours(24), Duration.ofDays(400));
    private static final String RESTART = "restart";
    private static final String ALL_1H = "nps|all|PT1H";

    private final SingleObjectSerde<FactPartial> partials = new SingleObjectSerde<>(FactPartial.class);
    private final SingleObjectSerde<KpiValue> values = new SingleObjectSerde<>(KpiValue.class);
    private final SingleObjectSerde<RunDone> runs = new SingleObjectSerde<>(RunDone.class);
    private final Facts facts = new Facts();

    private TopologyTestDriver driver;
    private TestInputTopic<String, FactPartial> in;
    private TestOutputTopic<String, KpiValue> kpis;
    private TestOutputTopic<String, RunDone> done;

    @BeforeEach
    void start() {
        StreamsBuilder builder = new StreamsBuilder();
        KpiRollUp.Outputs outputs = new KpiRollUp(KpiCatalogue.standard(), FOLD_TASKS, RULES, List.of(), false)
                .roll(builder.stream("partials", Consumed.with(Serdes.String(), partials)));
        outputs.rolling().to("kpis", Produced.with(Serdes.String(), values));
        outputs.calendar().to("calendar", Produced.with(Serdes.String(), values));
        outputs.done().to("done", Produced.with(Serdes.String(), runs));
        drive(builder);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldPublishAtMostOnceASecondAndTheLastValueAlways() {
        clock(NOON);
        vote("nps-promoters", NOON);
        vote("nps-detractors", NOON.plusSeconds(1));
        assertThat(kpis.isEmpty()).isTrue();

        tick();
        Map<String, KpiValue> published = kpis.readKeyValuesToMap();
        assertThat(published).hasSize(5);
        assertThat(published.get(ALL_1H).getN()).isEqualTo(2);

        tick();
        assertThat(kpis.isEmpty()).isTrue();
    }

    @Test
    void shouldStampValuesWithTheirTime() {
        clock(NOON);
        vote("nps-promoters", NOON.plusMillis(7));
        tick();

        for (TestRecord<String, KpiValue> value : kpis.readRecordsToList()) {
            assertThat(value.getRecordTime()).isEqualTo(value.value().getAsOf()).isEqualTo(NOON.plusMillis(7));
        }
    }

    @Test
    void shouldAgeWithoutFactsWhenTheFoldClocksMove() {
        clock(NOON);
        vote("nps-promoters", NOON);
        tick();
        kpis.readValuesToList();

        clock(NOON.plus(Duration.ofMinutes(60)));
        tick();

        KpiValue aged = kpis.readKeyValuesToMap().get(ALL_1H);
        assertThat(aged.getN()).isZero();
        assertThat(aged.getValue()).isNull();
    }

    @Test
    void shouldPublishEverythingAndSayDoneWhenAllFoldTasksHaveEnded() {
        vote("nps-promoters", NOON);
        end(0, "run-1");
        assertThat(kpis.isEmpty()).isTrue();
        assertThat(done.isEmpty()).isTrue();

        end(1, "run-1");

        assertThat(kpis.readValuesToList())
                .hasSize(5)
                .allSatisfy(value -> assertThat(value.getAsOf()).isEqualTo(NOON.plusSeconds(30)))
                .allSatisfy(value -> assertThat(value.getN()).isEqualTo(1));
        assertThat(done.readKeyValuesToList()).containsExactly(KeyValue.pair("0", new RunDone("run-1", 0)));
        assertThat(rows()).noneMatch(key -> key.startsWith("end|"));
    }

    @Test
    void shouldStoreWhatCameInWithTheCommitAndThePanesNowAndThen() {
        vote("nps-promoters", NOON);
        assertThat(rows()).containsExactly("log|0000000000", "zone");

        for (int second = 1; second <= 30; second++) {
            clock(NOON.plusSeconds(second));
            tick();
        }

        assertThat(rows())
                .contains(
                        "panes|CALENDAR_DAY|nps-promoters|all||461",
                        "panes|DAY|nps-promoters|all||461",
                        "panes|HOUR|nps-promoters|all||14775",
                        "panes|MINUTE|nps-promoters|all||354612",
                        "segment|all|",
                        "clock|0",
                        "clock|1",
                        "now",
                        "zone");
        assertThat(rows().stream().filter(key -> key.startsWith("log|"))).hasSizeLessThan(60);
    }

    @Test
    void shouldGoOnFromItsRowsAndPublishEverythingOnceMore() {
        driver.close();
        driveWithRestarts();
        clock(NOON);
        vote("nps-promoters", NOON);
        end(0, "run-1");
        tick();
        Map<String, KpiValue> before = kpis.readKeyValuesToMap();

        in.pipeInput(RESTART, clockOf(0, NOON, false, ""));
        tick();
        assertThat(kpis.readKeyValuesToMap()).isEqualTo(before).hasSize(5);
        tick();
        assertThat(kpis.isEmpty()).isTrue();

        vote("nps-promoters", NOON);
        end(1, "run-1");
        assertThat(kpis.readKeyValuesToMap().get(ALL_1H).getN()).isEqualTo(2);
        assertThat(done.readValuesToList()).containsExactly(new RunDone("run-1", 0));
    }

    private void vote(String measure, Instant at) {
        facts.add(measure, "all", "", at.toEpochMilli(), 1);
        facts.drain(0, at.toEpochMilli()).forEach(partial -> in.pipeInput("all", partial, at));
    }

    private void clock(Instant now) {
        for (int task = 0; task < FOLD_TASKS; task++) {
            in.pipeInput(FactPartitioner.keyOf(0), clockOf(task, now, false, ""), now);
        }
    }

    private void end(int task, String run) {
        Instant until = NOON.plusSeconds(30);
        in.pipeInput(FactPartitioner.keyOf(0), clockOf(task, until, true, run), until);
    }

    private static FactPartial clockOf(int task, Instant now, boolean end, String run) {
        return new FactPartial(task, now.toEpochMilli(), end, run, "", List.of());
    }

    private void tick() {
        driver.advanceWallClockTime(RollUpProcessor.PUBLISH_EVERY);
    }

    private List<String> rows() {
        List<String> keys = new ArrayList<>();
        new StoredPanes(driver.getKeyValueStore(StoredPanes.NAME)).scan((key, row) -> keys.add(key));
        return keys;
    }

    private void drive(StreamsBuilder builder) {
        Properties settings = new Properties();
        settings.setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(builder.build(), settings, NOON);
        in = driver.createInputTopic("partials", new StringSerializer(), partials.serializer());
        kpis = driver.createOutputTopic("kpis", new StringDeserializer(), values.deserializer());
        done = driver.createOutputTopic("done", new StringDeserializer(), runs.deserializer());
    }

    private void driveWithRestarts() {
        StreamsBuilder builder = new StreamsBuilder();
        var outputs = builder.stream("partials", Consumed.with(Serdes.String(), partials))
                .process(new RestartingSupplier(), Named.as("restarting"));
        outputs.filter((key, output) -> output instanceof RollUpOutput.Rolling)
                .mapValues(output -> ((RollUpOutput.Rolling) output).kpi())
                .to("kpis", Produced.with(Serdes.String(), values));
        outputs.filter((key, output) -> output instanceof RollUpOutput.Done)
                .mapValues(output -> ((RollUpOutput.Done) output).run())
                .to("done", Produced.with(Serdes.String(), runs));
        drive(builder);
    }

    /** At a record of key "restart" puts a new processor on the stores of the one before. */
    private static final class Restarting implements Processor<String, FactPartial, String, RollUpOutput> {
        private ProcessorContext<String, RollUpOutput> context;
        private RollUpProcessor current;

        @Override
        public void init(ProcessorContext<String, RollUpOutput> newContext) {
            context = newContext;
            restart();
        }

        @Override
        public void process(Record<String, FactPartial> message) {
            if (message.key().equals(RESTART)) {
                current.close();
                restart();
            } else {
                current.process(message);
            }
        }

        private void restart() {
            current = new RollUpProcessor(KpiCatalogue.standard(), FOLD_TASKS, RULES, List.of(), false);
            current.init(context);
        }
    }

    private static final class RestartingSupplier
            implements ProcessorSupplier<String, FactPartial, String, RollUpOutput> {
        @Override
        public Processor<String, FactPartial, String, RollUpOutput> get() {
            return new Restarting();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return new LinkedHashSet<>(List.of(StoredPanes.builder(), CommitHook.named(RollUpProcessor.HOOK)));
        }
    }
}

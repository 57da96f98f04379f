package io.touchpoint.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitHookTest {
    private static final String HOOK = "hook";
    private static final String COUNTS = "counts";

    private TopologyTestDriver driver;
    private TestInputTopic<String, String> in;
    private TestOutputTopic<String, String> out;

    @BeforeEach
    void start() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .process(new PendingSupplier(), Named.as("pending"))
                .mapValues(value -> value + "!", Named.as("after"))
                .to("out", Produced.with(Serdes.String(), Serdes.String()));
        Properties settings = new Properties();
        settings.setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(builder.build(), settings);
        in = driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
        out = driver.createOutputTopic("out", new StringDeserializer(), new StringDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldForwardAndStoreInTheCommitOfTheRecord() {
        in.pipeInput("k", "a", 5L);

        assertThat(out.readKeyValuesToList()).containsExactly(KeyValue.pair("k", "a!"));
        assertThat(driver.<String, Long>getKeyValueStore(COUNTS).get("k")).isEqualTo(1L);
    }

    @Test
    void shouldForwardAndStoreInTheCommitOfAPunctuation() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(out.readKeyValuesToList()).containsExactly(KeyValue.pair("tick", "tick!"));
        assertThat(driver.<String, Long>getKeyValueStore(COUNTS).get("tick")).isEqualTo(1L);
    }

    @Test
    void shouldStampWhatIsForwardedWithItsOwnTime() {
        in.pipeInput("k", "a", 5L);

        assertThat(out.readRecord().getRecordTime().toEpochMilli()).isEqualTo(77L);
    }

    @Test
    void shouldFailTheCommitWhenTheActionFails() {
        assertThatThrownBy(() -> in.pipeInput("k", "fail", 5L)).hasStackTraceContaining("the action failed");

        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void shouldPutBackWhatWasCurrentWhenTheActionFailed() {
        assertThatThrownBy(() -> in.pipeInput("k", "fail", 5L)).hasStackTraceContaining("the action failed");
        in.pipeInput("k", "b", 6L);

        assertThat(out.readKeyValuesToList()).containsExactly(KeyValue.pair("k", "b!"));
    }

    /** Holds back what comes in, and sends and counts it at the commit. */
    private static final class Pending implements Processor<String, String, String, String> {
        private final List<Record<String, String>> held = new ArrayList<>();

        @Override
        public void init(ProcessorContext<String, String> context) {
            KeyValueStore<String, Long> counts = context.getStateStore(COUNTS);
            CommitForwarder forwarder = CommitForwarder.of(context);
            CommitHook hook = context.getStateStore(HOOK);
            hook.onCommit(() -> forwarder.during(77L, () -> send(context, counts)));
            context.schedule(
                    Duration.ofSeconds(1),
                    PunctuationType.WALL_CLOCK_TIME,
                    now -> held.add(new Record<>("tick", "tick", now)));
        }

        @Override
        public void process(Record<String, String> message) {
            held.add(message);
        }

        private void send(ProcessorContext<String, String> context, KeyValueStore<String, Long> counts) {
            List<Record<String, String>> due = List.copyOf(held);
            held.clear();
            for (Record<String, String> message : due) {
                if (message.value().equals("fail")) {
                    throw new IllegalArgumentException("the action failed");
                }
                Long before = counts.get(message.key());
                counts.put(message.key(), before == null ? 1L : before + 1L);
                context.forward(message.withTimestamp(77L));
            }
        }
    }

    private static final class PendingSupplier implements ProcessorSupplier<String, String, String, String> {
        @Override
        public Processor<String, String, String, String> get() {
            return new Pending();
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(
                    CommitHook.named(HOOK),
                    Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(COUNTS), Serdes.String(), Serdes.Long()));
        }
    }
}

package io.touchpoint.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;

class BoundedRocksDbTest {

    private static final long BUDGET = 64L << 20;

    @TempDir
    private Path folder;

    @Test
    void shouldHoldAllStoresWithinOneBudget() {
        var builder = new StreamsBuilder();
        for (var name : new String[] {"one", "two", "three"}) {
            builder.table(
                    name,
                    Consumed.with(Serdes.String(), Serdes.ByteArray()),
                    Materialized.<String, byte[], KeyValueStore<Bytes, byte[]>>as(name)
                            .withCachingDisabled()
                            .withLoggingDisabled());
        }
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "bounded");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(BoundedRocksDb.MEMORY, BUDGET);
        try (var driver = new TopologyTestDriver(builder.build(), properties)) {
            for (var name : new String[] {"one", "two", "three"}) {
                KeyValueStore<String, byte[]> store = driver.getKeyValueStore(name);
                for (int i = 0; i < 2_000; i++) {
                    store.put("key" + i, new byte[20_000]);
                }
                assertThat(store.get("key0")).hasSize(20_000);
            }
            // The budget is that of the first store in this process, which may be of another test.
            assertThat(BoundedRocksDb.limitBytes()).isPositive();
            assertThat(BoundedRocksDb.usedBytes()).isPositive().isLessThanOrEqualTo(BoundedRocksDb.limitBytes());
        }
    }

    @Test
    void shouldShareTheCacheAndCountIndexesInIt() {
        try (var options = new Options()) {
            options.setTableFormatConfig(new BlockBasedTableConfig());

            new BoundedRocksDb().setConfig("store", options, Map.of(BoundedRocksDb.MEMORY, BUDGET));

            var table = (BlockBasedTableConfig) options.tableFormatConfig();
            assertThat(table.cacheIndexAndFilterBlocks()).isTrue();
            assertThat(options.writeBufferManager()).isNotNull();
        }
    }
}

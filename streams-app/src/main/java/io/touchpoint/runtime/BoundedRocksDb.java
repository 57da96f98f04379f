package io.touchpoint.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One memory budget for all stores of the process. By default every store brings 50 MiB of block cache and 48 MiB of write
 * buffers of its own, so that memory grows with partitions times stores. Kafka Streams makes one of these per store; the
 * budget is the first one's and lives as long as the process.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {

    /** The configuration key of the budget: bytes, as a number or its text. */
    public static final String MEMORY = "touchpoint.rocksdb.memory.bytes";

    private static final long DEFAULT_BYTES = 256L << 20;
    private static final double INDEX_SHARE = 0.1;
    private static final int WRITE_BUFFER_PARTS = 3; // a third of the budget is for writes in memory
    private static final long WRITE_BUFFER = 8L << 20;
    private static final int WRITE_BUFFERS = 3;
    private static final long BLOCK = 16L << 10;

    private static Budget budget;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
        var shared = budget(configs);
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(shared.cache());
        // Indexes and filters count too, or the budget would only cover a part of the memory.
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        table.setBlockSize(BLOCK);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(shared.writes());
        options.setWriteBufferSize(WRITE_BUFFER);
        options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    }

    @Override
    public void close(String store, Options options) {
        // The cache belongs to every store; closing it with one would crash the others.
    }

    private static synchronized Budget budget(Map<String, Object> configs) {
        if (budget == null) {
            RocksDB.loadLibrary();
            var configured = configs.get(MEMORY);
            long bytes = configured == null ? DEFAULT_BYTES : Long.parseLong(configured.toString());
            var cache = new LRUCache(bytes, -1, false, INDEX_SHARE);
            // The manager books its buffers in the cache, so that both together stay within the budget.
            budget = new Budget(cache, new WriteBufferManager(bytes / WRITE_BUFFER_PARTS, cache), bytes);
        }
        return budget;
    }

    /** Bytes that the stores of this process hold now: blocks, indexes, filters and write buffers. */
    public static synchronized long usedBytes() {
        return budget == null ? 0 : budget.cache().getUsage();
    }

    /** The budget in bytes; 0 before the first store was opened. */
    public static synchronized long limitBytes() {
        return budget == null ? 0 : budget.bytes();
    }

    private record Budget(Cache cache, WriteBufferManager writes, long bytes) {}
}

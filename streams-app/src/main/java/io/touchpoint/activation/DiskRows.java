package io.touchpoint.activation;

import io.touchpoint.domain.activation.Rows;
import io.touchpoint.records.state.ActivationState;
import io.touchpoint.runtime.TemporaryFolder;
import io.touchpoint.serdes.SingleObjectSerde;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** Rows on disk, in bounded memory, for as long as they are open: what must survive is somebody else's to keep. */
final class DiskRows implements Rows, AutoCloseable {

    private static final long BLOCKS = 32L << 20;
    private static final long WRITES = 16L << 20;

    private final TemporaryFolder folder = TemporaryFolder.create("activation");
    private final LRUCache cache;
    private final Options options;
    private final WriteOptions unlogged;
    private final RocksDB db;
    private final SingleObjectSerde<ActivationState> serde;
    private final BiConsumer<String, byte[]> changed;

    /** @param changed is told each change, null for what is deleted */
    DiskRows(SingleObjectSerde<ActivationState> serde, BiConsumer<String, byte[]> changed) {
        this.serde = serde;
        this.changed = changed;
        RocksDB.loadLibrary();
        cache = new LRUCache(BLOCKS);
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITES)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(true));
        unlogged = new WriteOptions().setDisableWAL(true);
        try {
            db = RocksDB.open(options, folder.path().resolve("rows").toString());
        } catch (RocksDBException impossible) {
            closeAround();
            throw new IllegalStateException("no rows can be kept in " + folder.path(), impossible);
        }
    }

    @Override
    public ActivationState get(String key) {
        try {
            var row = db.get(bytes(key));
            return row == null ? null : serde.decode(row);
        } catch (RocksDBException failed) {
            throw broken(failed);
        }
    }

    @Override
    public void put(String key, ActivationState row) {
        var value = serde.encode(row);
        restore(key, value);
        changed.accept(key, value);
    }

    @Override
    public void delete(String key) {
        restore(key, null);
        changed.accept(key, null);
    }

    /** Sets a row as it was, without telling. */
    void restore(String key, byte[] row) {
        try {
            if (row == null) {
                db.delete(unlogged, bytes(key));
            } else {
                db.put(unlogged, bytes(key), row);
            }
        } catch (RocksDBException failed) {
            throw broken(failed);
        }
    }

    @Override
    public void scan(String prefix, String from, BiPredicate<String, ActivationState> visitor) {
        try (var rows = db.newIterator()) {
            for (rows.seek(bytes(from)); rows.isValid(); rows.next()) {
                var key = new String(rows.key(), StandardCharsets.UTF_8);
                if (!key.startsWith(prefix) || !visitor.test(key, serde.decode(rows.value()))) {
                    return;
                }
            }
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    private static IllegalStateException broken(RocksDBException failed) {
        return new IllegalStateException("the rows on disk are broken: " + failed.getMessage(), failed);
    }

    @Override
    public void close() {
        db.close();
        closeAround();
    }

    private void closeAround() {
        unlogged.close();
        options.close();
        cache.close();
        folder.close();
    }
}

package io.touchpoint.sandbox;

import io.touchpoint.runtime.TemporaryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of a sandbox, locked against a second sandbox, and deleted at the end unless it is kept. */
interface DataFolder extends AutoCloseable {

    /**
     * A folder of its own under the system's temporary folder.
     *
     * @throws UncheckedIOException when it cannot be created
     */
    static DataFolder temporary() {
        return new Temporary(TemporaryFolder.create("sandbox"));
    }

    /**
     * The given folder, created when absent.
     *
     * @throws IllegalStateException when another sandbox uses it
     * @throws UncheckedIOException when it cannot be created or written to
     */
    static DataFolder kept(Path path) {
        try {
            return Kept.locked(Files.createDirectories(path).toAbsolutePath());
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot create " + path, impossible);
        }
    }

    Path path();

    /** Gives the folder free, and deletes it unless it is kept. */
    @Override
    void close();

    /** Deleted at the end. */
    record Temporary(TemporaryFolder folder) implements DataFolder {

        @Override
        public Path path() {
            return folder.path();
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    /** Given by the user. */
    record Kept(Path path, FileChannel lock) implements DataFolder {

        private static final String LOCK_FILE = "sandbox.lock";

        private static Kept locked(Path path) {
            FileChannel channel = null;
            try {
                channel =
                        FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (channel.tryLock() != null) {
                    return new Kept(path, channel);
                }
                channel.close();
            } catch (OverlappingFileLockException inThisProcess) {
                closeQuietly(channel);
            } catch (IOException unusable) {
                throw new UncheckedIOException("cannot write to " + path, unusable);
            }
            throw new IllegalStateException("another sandbox uses " + path + " (expected: a folder of its own)");
        }

        private static void closeQuietly(FileChannel channel) {
            try {
                channel.close();
            } catch (IOException nothingToDo) {
                // It was opened to try for the lock and holds nothing.
            }
        }

        @Override
        public void close() {
            try {
                lock.close();
            } catch (IOException unusable) {
                throw new UncheckedIOException("cannot give " + path + " free", unusable);
            }
        }
    }
}

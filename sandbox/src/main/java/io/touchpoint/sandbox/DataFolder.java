package io.touchpoint.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/** The folder of a sandbox, locked against a second sandbox, and deleted at the end unless it is kept. */
final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "sandbox.lock";

    private final Path path;
    private final boolean kept;
    private final FileChannel lock;

    private DataFolder(Path path, boolean kept) {
        this.path = path;
        this.kept = kept;
        this.lock = lock(path);
    }

    /**
     * A folder of its own under the system's temporary folder.
     *
     * @throws UncheckedIOException when it cannot be created
     */
    static DataFolder temporary() {
        try {
            return new DataFolder(Files.createTempDirectory("touchpoint-"), false);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot create a temporary folder", impossible);
        }
    }

    /**
     * The given folder, created when absent.
     *
     * @throws IllegalStateException when another sandbox uses it
     * @throws UncheckedIOException when it cannot be created or written to
     */
    static DataFolder kept(Path path) {
        try {
            return new DataFolder(Files.createDirectories(path).toAbsolutePath(), true);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot create " + path, impossible);
        }
    }

    Path path() {
        return path;
    }

    /** Gives the folder free, and deletes it unless it is kept. */
    @Override
    public void close() {
        try {
            lock.close();
            if (!kept) {
                delete(path);
            }
        } catch (IOException undeletable) {
            throw new UncheckedIOException("cannot delete " + path, undeletable);
        }
    }

    private static FileChannel lock(Path path) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
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

    /** Deletes the folder and all in it; what is gone already does not matter. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

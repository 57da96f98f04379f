package io.touchpoint.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for as long as its owner lives. Closed, it is deleted. Where the owner was killed, the next one who makes such a folder
 * deletes it: the owner holds a lock on a file in it, which the operating system frees with the process, however that ended.
 */
public final class TemporaryFolder implements AutoCloseable {

    private static final String PREFIX = "touchpoint-";
    private static final String LOCK = "in-use.lock";
    private static final String LOCK_TO_BE = "in-use.lock.new";

    /** Those of this process: to close any file of the same name would free their locks. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes a folder under the system's temporary one, {@code touchpoint-<purpose>-<number>}, and deletes those that nobody owns any more.
     *
     * @throws UncheckedIOException when it cannot be made
     */
    public static TemporaryFolder create(String purpose) {
        return create(Path.of(System.getProperty("java.io.tmpdir")), purpose);
    }

    static TemporaryFolder create(Path parent, String purpose) {
        try {
            deleteAbandoned(parent);
            var path = Files.createTempDirectory(parent, PREFIX + purpose + "-");
            OURS.add(path.toAbsolutePath());
            // Also when the process is told to stop while nothing else is in it; the last that is named goes first.
            path.toFile().deleteOnExit();
            path.resolve(LOCK).toFile().deleteOnExit();
            return new TemporaryFolder(path, lock(path));
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot make a folder in " + parent, impossible);
        }
    }

    /** Whoever finds the file finds it locked, since it has that name only then. */
    private static FileChannel lock(Path path) throws IOException {
        var file = path.resolve(LOCK_TO_BE);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        Files.move(file, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
        return channel;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /**
     * Deletes it with all that is in it. Does nothing the second time.
     *
     * @throws UncheckedIOException when something cannot be deleted
     */
    @Override
    public void close() {
        try {
            lock.close();
            OURS.remove(path.toAbsolutePath());
            delete(path);
        } catch (IOException undeletable) {
            throw new UncheckedIOException("cannot delete " + path, undeletable);
        }
    }

    private static void deleteAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var folder : found) {
                if (!OURS.contains(folder.toAbsolutePath())) {
                    deleteIfAbandoned(folder);
                }
            }
        }
    }

    private static void deleteIfAbandoned(Path folder) {
        var file = folder.resolve(LOCK);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                delete(folder);
            }
        } catch (IOException notOurs) {
            // Another user's, or another start deletes it at the same time.
        }
    }

    /** What is gone already does not matter: a process that is about to end may still tidy up. */
    private static void delete(Path root) throws IOException {
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

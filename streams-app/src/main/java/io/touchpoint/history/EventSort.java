package io.touchpoint.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts any number of events in a bounded part of the heap: what exceeds it is written to scratch files in sorted runs, which are merged
 * when the events are read.
 */
final class EventSort implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final Path scratch;
    private final long heapBytes;
    private final List<Path> runs = new ArrayList<>();
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final List<PackedEvent> waiting = new ArrayList<>();
    private long waitingBytes;

    /**
     * @param scratch an existing folder for the runs; they are deleted on close
     * @param heapBytes how much may wait in memory, about
     */
    EventSort(Path scratch, long heapBytes) {
        this.scratch = scratch;
        this.heapBytes = heapBytes;
    }

    void add(PackedEvent event) throws IOException {
        waiting.add(event);
        waitingBytes += event.bytes();
        if (waitingBytes > heapBytes) {
            writeRun();
        }
    }

    private void writeRun() throws IOException {
        Collections.sort(waiting);
        Path run = Files.createTempFile(scratch, "events-", ".run");
        // Also when the process is told to stop.
        run.toFile().deleteOnExit();
        runs.add(run);
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
            out.writeInt(waiting.size());
            for (PackedEvent event : waiting) {
                event.write(out);
            }
        }
        waiting.clear();
        waitingBytes = 0;
    }

    /** All events in order; to be read once, after the last was added. */
    Iterator<PackedEvent> sorted() throws IOException {
        Collections.sort(waiting);
        List<Iterator<PackedEvent>> sources = new ArrayList<>();
        sources.add(waiting.iterator());
        for (Path run : runs) {
            DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(run), BUFFER));
            open.push(in);
            sources.add(new Run(in, in.readInt()));
        }
        return new Merge(sources);
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }

    private static final class Run implements Iterator<PackedEvent> {
        private final DataInputStream in;
        private int left;

        Run(DataInputStream in, int size) {
            this.in = in;
            this.left = size;
        }

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public PackedEvent next() {
            left--;
            try {
                return PackedEvent.read(in);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read back the sorted events", e);
            }
        }
    }

    private static final class Merge implements Iterator<PackedEvent> {
        private record Head(PackedEvent event, Iterator<PackedEvent> rest) implements Comparable<Head> {
            @Override
            public int compareTo(Head other) {
                return event.compareTo(other.event);
            }
        }

        private final PriorityQueue<Head> heads = new PriorityQueue<>();

        Merge(List<Iterator<PackedEvent>> sources) {
            sources.forEach(this::advance);
        }

        private void advance(Iterator<PackedEvent> source) {
            if (source.hasNext()) {
                heads.add(new Head(source.next(), source));
            }
        }

        @Override
        public boolean hasNext() {
            return !heads.isEmpty();
        }

        @Override
        public PackedEvent next() {
            Head head = heads.remove();
            advance(head.rest());
            return head.event();
        }
    }
}

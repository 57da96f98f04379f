package io.touchpoint.sandbox.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many who watch the stream of a pipeline, and some who only pretend to: these ask for all, and never read. One thread reads for all others. */
final class StreamClients implements AutoCloseable {

    /** What a dashboard shows at its top, in one segment. */
    private static final String AS_A_DASHBOARD = "kinds=kpi&kpis=nps,csat,orders,revenue,aov,cr&segment=all";

    private static final int RECEIVE_BYTES = 8 << 10;

    private final Selector selector;
    private final List<SocketChannel> notReading = new ArrayList<>();
    private final Thread reader = new Thread(this::read, "stream-clients");
    private volatile boolean closed;
    private volatile long bytes;

    private StreamClients() throws IOException {
        selector = Selector.open();
    }

    static StreamClients open(int port, int reading, int notReading) {
        try {
            var clients = new StreamClients();
            for (int i = 0; i < reading; i++) {
                var client = ask(port, AS_A_DASHBOARD);
                client.configureBlocking(false);
                client.register(clients.selector, SelectionKey.OP_READ);
            }
            for (int i = 0; i < notReading; i++) {
                clients.notReading.add(ask(port, ""));
            }
            clients.reader.setDaemon(true);
            clients.reader.start();
            return clients;
        } catch (IOException refused) {
            throw new UncheckedIOException("nobody can watch the pipeline", refused);
        }
    }

    private static SocketChannel ask(int port, String parameters) throws IOException {
        var client = SocketChannel.open();
        client.socket().setReceiveBufferSize(RECEIVE_BYTES);
        client.connect(new InetSocketAddress("127.0.0.1", port));
        client.write(ByteBuffer.wrap(("GET /api/v1/stream?" + parameters
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII)));
        return client;
    }

    private void read() {
        var buffer = ByteBuffer.allocateDirect(64 << 10);
        while (!closed) {
            try {
                selector.select(key -> take(key, buffer), 200);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    private void take(SelectionKey key, ByteBuffer buffer) {
        buffer.clear();
        try {
            int count = ((SocketChannel) key.channel()).read(buffer);
            if (count < 0) {
                key.cancel();
            } else {
                bytes += count;
            }
        } catch (IOException cutOff) {
            key.cancel();
        }
    }

    /** {@return bytes that were read so far by all} */
    long bytes() {
        return bytes;
    }

    /** {@return how many of those who read still watch} */
    int reading() {
        return (int) selector.keys().stream().filter(SelectionKey::isValid).count();
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
            for (var key : selector.keys()) {
                key.channel().close();
            }
            for (var client : notReading) {
                client.close();
            }
            selector.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}

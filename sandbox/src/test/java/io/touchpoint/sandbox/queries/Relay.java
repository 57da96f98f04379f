package io.touchpoint.sandbox.queries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a browser and a server that goes on, and can be cut. */
final class Relay implements AutoCloseable {

    private final int server;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Relay(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** @param server the port on loopback to which it leads */
    static Relay to(int server) {
        try {
            var relay = new Relay(server);
            daemon(relay::accept);
            return relay;
        } catch (IOException none) {
            throw new UncheckedIOException("no port is free", none);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Breaks every connection off, and every new one until it is mended. */
    void cut() {
        cut = true;
        breakOff();
    }

    void mend() {
        cut = false;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var client = listening.accept();
                var there = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(there);
                daemon(() -> pass(client, there));
                daemon(() -> pass(there, client));
                if (cut) {
                    breakOff();
                }
            } catch (IOException closed) {
                breakOff();
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            end(from);
            end(to);
        }
    }

    private void breakOff() {
        open.forEach(this::end);
    }

    private void end(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        breakOff();
    }
}

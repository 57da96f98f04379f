package io.touchpoint.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback address that nobody listens on. They lie below the range from which operating systems take the
 * ports of outgoing connections, so that a port found here is not taken by a client a moment later.
 */
public final class FreePorts {

    private static final int LOWEST = 12_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 500;

    private FreePorts() {}

    /**
     * Finds {@code count} different free ports.
     *
     * @throws IllegalStateException when none can be bound
     */
    public static List<Integer> find(int count) {
        var held = new ArrayList<ServerSocket>(count);
        try {
            for (int attempt = 0; attempt < ATTEMPTS && held.size() < count; attempt++) {
                hold(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST), held);
            }
            if (held.size() < count) {
                throw new IllegalStateException("found only " + held.size() + " of " + count
                        + " free ports on the loopback address between " + LOWEST + " and " + HIGHEST);
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            held.forEach(FreePorts::release);
        }
    }

    private static void hold(int port, List<ServerSocket> held) {
        try {
            var socket = new ServerSocket();
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                held.add(socket);
            } catch (IOException taken) {
                release(socket);
            }
        } catch (IOException noSocket) {
            throw new IllegalStateException("cannot open a socket: " + noSocket.getMessage(), noSocket);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException nothingToDo) {
            // A socket that was only held to reserve its port: the port is free either way.
        }
    }
}

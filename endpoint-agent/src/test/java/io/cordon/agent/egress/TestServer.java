package io.cordon.agent.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback that does one thing with each connection. */
final class TestServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What is done with a connection, in a thread of its own; it is closed afterwards. */
    @FunctionalInterface
    interface Conversation {
        void with(Socket socket) throws IOException;
    }

    TestServer(Conversation conversation) throws IOException {
        this(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), conversation);
    }

    TestServer(InetSocketAddress at, Conversation conversation) throws IOException {
        listener = new ServerSocket();
        listener.bind(at, 512);
        Thread thread = new Thread(() -> serve(conversation), "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends back what it gets. */
    static TestServer echo() throws IOException {
        return new TestServer(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    private void serve(Conversation conversation) {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                taken.add(socket);
                Thread thread = new Thread(() -> converse(conversation, socket), "test-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void converse(Conversation conversation, Socket socket) {
        try (socket) {
            conversation.with(socket);
        } catch (IOException e) {
            // The other side went away, which some tests are about.
            System.getLogger("test-server").log(System.Logger.Level.DEBUG, "a connection broke", e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : taken) {
            socket.close();
        }
    }
}

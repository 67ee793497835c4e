package io.cordon.agent.telemetry.gateway.otlp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** Server sockets that accept a next connection only when there are not too many; the others wait in the backlog. */
final class LimitedSockets extends ServerSocketFactory {
    private static final int BACKLOG = 64;

    private final Semaphore free;

    LimitedSockets(int connections) {
        this.free = new Semaphore(connections);
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new Limited();
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, BACKLOG, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        ServerSocket socket = new Limited();
        socket.bind(new InetSocketAddress(address, port), backlog);
        return socket;
    }

    private final class Limited extends ServerSocket {
        Limited() throws IOException {}

        @Override
        public Socket accept() throws IOException {
            try {
                free.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SocketException("interrupted while waiting for a connection to end");
            }
            Counted socket = new Counted();
            try {
                implAccept(socket);
                return socket;
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            super.close();
            // Whoever waits in accept for a place finds the socket closed.
            free.release();
        }
    }

    private final class Counted extends Socket {
        private final AtomicBoolean open = new AtomicBoolean(true);

        @Override
        public void close() throws IOException {
            if (open.getAndSet(false)) {
                free.release();
            }
            super.close();
        }
    }
}

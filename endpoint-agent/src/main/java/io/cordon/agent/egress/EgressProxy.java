package io.cordon.agent.egress;

import io.cordon.agent.telemetry.Redactor;
import io.cordon.agent.telemetry.RunIds;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The proxy itself: listens on the loopback, speaks HTTP (CONNECT and absolute-form) and SOCKS5 on one port, told apart by the
 * first byte, and lets nobody out without the credentials of a run.
 */
public final class EgressProxy implements EgressDoor, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(EgressProxy.class.getName());
    private static final int BACKLOG = 512;
    /** Carrying bytes keeps a processor busy for each; a connection that opens costs a little more for being handed over. */
    private static final int LOOPS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private static final int ACCEPTED_AT_ONCE = 64;

    private final ServerSocketChannel listener;
    private final List<EventLoop> loops;
    private final Lookups lookups;
    private final Shared shared;
    private int next;

    private EgressProxy(ServerSocketChannel listener, List<EventLoop> loops, Lookups lookups, Shared shared) {
        this.listener = listener;
        this.loops = loops;
        this.lookups = lookups;
        this.shared = shared;
    }

    /**
     * Begins to listen on 127.0.0.1.
     *
     * @throws IOException when the port is taken
     */
    public static EgressProxy start(
            EgressSettings settings, EgressRuns runs, NameResolver resolver, InstantSource clock) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), settings.port()),
                    BACKLOG);
            listener.configureBlocking(false);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            Lookups lookups = new Lookups(resolver, settings.limits().nameTime());
            List<EventLoop> loops = loops();
            EgressProxy proxy = new EgressProxy(
                    listener,
                    loops,
                    lookups,
                    new Shared(settings, runs, lookups, clock, new AtomicInteger(), new AtomicLong(), port));
            loops.get(0).register(listener, SelectionKey.OP_ACCEPT, proxy::accept);
            loops.forEach(EventLoop::start);
            return proxy;
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "the egress proxy cannot listen on 127.0.0.1:" + settings.port() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public ProxyPass admit(String runId, RunIds ids, ResolvedPolicy policy, Redactor redactor) {
        return shared.runs().admit(port(), runId, ids, policy, redactor);
    }

    @Override
    public void end(String runId) {
        shared.runs().end(runId);
    }

    private static List<EventLoop> loops() throws IOException {
        List<EventLoop> made = new ArrayList<>();
        for (int i = 1; i <= LOOPS; i++) {
            made.add(new EventLoop("egress-" + i));
        }
        return made;
    }

    /** On 127.0.0.1. */
    public int port() {
        return shared.ownPort();
    }

    /** Connections now. */
    public int open() {
        return shared.open().get();
    }

    /** Requests refused so far because nobody knows whose they are. */
    public long strangers() {
        return shared.strangers().get();
    }

    private void accept(SelectionKey key) {
        try {
            for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
                SocketChannel client = listener.accept();
                if (client == null) {
                    return;
                }
                if (shared.open().incrementAndGet() > shared.limits().connections()) {
                    shared.open().decrementAndGet();
                    client.close();
                } else {
                    take(client);
                }
            }
        } catch (IOException e) {
            // Out of descriptors, most likely: what is connected goes on, and the next one is tried in a moment.
            LOG.log(System.Logger.Level.WARNING, "the egress proxy cannot take a connection: {0}", e.getMessage());
            key.interestOps(0);
            loops.get(0).join(new Pause(key));
        }
    }

    /** Takes no connections until the next tick. */
    private final class Pause implements EventLoop.Member {
        private final SelectionKey key;

        Pause(SelectionKey key) {
            this.key = key;
        }

        @Override
        public void tick(long now) {
            loops.get(0).leave(this);
            if (key.isValid()) {
                key.interestOps(SelectionKey.OP_ACCEPT);
            }
        }

        @Override
        public void shutDown() {
            loops.get(0).leave(this);
        }
    }

    private void take(SocketChannel client) {
        EventLoop loop = loops.get(next);
        next = (next + 1) % LOOPS;
        loop.run(() -> {
            try {
                client.configureBlocking(false);
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                ClientConnection.begin(shared, loop, client);
            } catch (IOException e) {
                shared.open().decrementAndGet();
                LOG.log(System.Logger.Level.DEBUG, "a client went away at once", e);
            }
        });
    }

    /** Closes every connection and records it. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing the egress proxy", e);
        }
        loops.forEach(EventLoop::close);
        lookups.close();
    }
}

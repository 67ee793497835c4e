package io.cordon.agent.egress;

import io.cordon.policy.model.IpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to the server: look the name up, check where it leads, connect to exactly that, through the company's proxy if there is one. */
final class Dial implements EventLoop.Ready {
    private static final int MOST_TRIED = 4;

    /** What is told once. */
    interface Listener {
        /** @param upstream whose proxy is at the other end; null for the server itself */
        void connected(SocketChannel channel, SelectionKey key, @Nullable UpstreamProxy upstream);

        /** @param address that was refused; null when it did not come to that */
        void refused(Refusal refusal, @Nullable InetAddress address);
    }

    private final Shared shared;
    private final EventLoop loop;
    private final Gate gate;
    private final Asked asked;
    private final Listener listener;
    private final @Nullable UpstreamProxy upstream;
    private final Deque<InetAddress> left = new ArrayDeque<>();
    private long perAddress;
    private long deadline;
    private @Nullable InetAddress current;
    private @Nullable SocketChannel channel;
    private @Nullable UpstreamHandshake handshake;
    private boolean over;
    private String lastProblem = "no address";

    Dial(Shared shared, EventLoop loop, Gate gate, Asked asked, Listener listener) {
        this.shared = shared;
        this.loop = loop;
        this.gate = gate;
        this.asked = asked;
        this.listener = listener;
        UpstreamProxy configured = shared.settings().upstream();
        this.upstream = configured != null && configured.isFor(asked.target().host()) ? configured : null;
        this.deadline = System.nanoTime() + shared.limits().connectTime().toNanos();
    }

    void start() {
        if (asked.target().host().isAddress()) {
            found(new Lookups.Answer(
                    List.of(Addresses.ofLiteral(asked.target().host().text())), ""));
        } else {
            shared.lookups().find(asked.target().host().text(), answer -> loop.run(() -> found(answer)));
        }
    }

    private void found(Lookups.Answer answer) {
        if (over) {
            return;
        }
        Optional<Gate.Refused> refused = gate.check(asked.target(), answer.addresses(), asked.method());
        if (refused.isPresent()) {
            refuse(refused.get().refusal(), refused.get().address());
        } else if (upstream != null) {
            // A name that only the upstream proxy can resolve is its affair; where it leads cannot be checked here.
            findUpstream(upstream);
        } else if (answer.addresses().isEmpty()) {
            refuse(new Refusal(Refusal.Kind.UNREACHABLE, "not-resolved", sentence(answer.problem())), null);
        } else {
            connectAny(answer.addresses());
        }
    }

    private void findUpstream(UpstreamProxy through) {
        if (IpAddress.parse(through.host()).isPresent()) {
            connectAny(List.of(Addresses.ofLiteral(through.host())));
            return;
        }
        shared.lookups()
                .find(
                        through.host(),
                        answer -> loop.run(() -> {
                            if (!over && answer.addresses().isEmpty()) {
                                unreachable("the upstream proxy's " + answer.problem());
                            } else if (!over) {
                                connectAny(answer.addresses());
                            }
                        }));
    }

    private void connectAny(List<InetAddress> addresses) {
        left.addAll(addresses.subList(0, Math.min(MOST_TRIED, addresses.size())));
        perAddress = shared.limits().connectTime().toNanos() / left.size();
        connectNext();
    }

    private void connectNext() {
        closeChannel();
        InetAddress next = left.poll();
        if (next == null) {
            unreachable(lastProblem);
            return;
        }
        current = next;
        deadline = System.nanoTime() + perAddress;
        int port = upstream == null ? asked.target().port() : upstream.port();
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean at = opened.connect(new InetSocketAddress(next, port));
            SelectionKey key = loop.register(opened, at ? 0 : SelectionKey.OP_CONNECT, this);
            if (at) {
                connected(opened, key);
            }
        } catch (IOException | RuntimeException e) {
            failedHere(e);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        SocketChannel at = channel;
        if (over || at == null) {
            return;
        }
        try {
            if (handshake != null) {
                handshake(at, key, handshake);
            } else if (at.finishConnect()) {
                connected(at, key);
            }
        } catch (IOException e) {
            failedHere(e);
        }
    }

    private void connected(SocketChannel at, SelectionKey key) throws IOException {
        if (upstream != null && asked.plain() == null) {
            handshake = new UpstreamHandshake(upstream.connect(asked.target()));
            handshake(at, key, handshake);
        } else {
            done(at, key);
        }
    }

    private void handshake(SocketChannel at, SelectionKey key, UpstreamHandshake exchange) throws IOException {
        switch (exchange.advance(at)) {
            case WRITE -> key.interestOps(SelectionKey.OP_WRITE);
            case READ -> key.interestOps(SelectionKey.OP_READ);
            case DONE -> done(at, key);
            case REFUSED -> unreachable("the upstream proxy answered " + exchange.status());
        }
    }

    private void done(SocketChannel at, SelectionKey key) {
        over = true;
        channel = null;
        key.interestOps(0);
        listener.connected(at, key, upstream);
    }

    private void failedHere(Exception problem) {
        lastProblem = String.valueOf(problem.getMessage());
        connectNext();
    }

    /** Gives up on an address that does not answer. */
    void tick(long now) {
        if (over || now - deadline < 0) {
            return;
        }
        lastProblem = "no answer in time";
        if (left.isEmpty()) {
            closeChannel();
            refuse(new Refusal(Refusal.Kind.TIMEOUT, "unreachable", "There was no answer in time."), current);
        } else {
            connectNext();
        }
    }

    private void unreachable(String problem) {
        closeChannel();
        refuse(
                new Refusal(Refusal.Kind.UNREACHABLE, "unreachable", "The server cannot be reached: " + problem + "."),
                current);
    }

    private void refuse(Refusal refusal, @Nullable InetAddress address) {
        over = true;
        listener.refused(refusal, address);
    }

    private static String sentence(String problem) {
        return Character.toUpperCase(problem.charAt(0)) + problem.substring(1) + ".";
    }

    /** The address that is connected to, or was tried last. */
    @Nullable
    InetAddress address() {
        return current;
    }

    void cancel() {
        over = true;
        closeChannel();
    }

    private void closeChannel() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                lastProblem = String.valueOf(e.getMessage());
            }
            channel = null;
        }
    }
}

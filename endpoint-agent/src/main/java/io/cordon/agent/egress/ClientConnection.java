package io.cordon.agent.egress;

import io.cordon.agent.egress.EgressAttempt.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of a client, from its first byte to its record. Lives in one event loop. */
final class ClientConnection implements EventLoop.Ready, EventLoop.Member, Dial.Listener {
    /** How long a refused client may take to read its answer. */
    private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

    private static final int FIRST = 1024;

    private enum Stage {
        TALKING,
        DIALING,
        /** The server is there, and the first bytes of the client are looked at. */
        LOOKING,
        RELAYING,
        LEAVING,
        CLOSED
    }

    private final Shared shared;
    private final EventLoop loop;
    private final SocketChannel client;
    private final SelectionKey key;
    private final Runnable cut;
    private Stage stage = Stage.TALKING;
    private ByteBuffer in = ByteBuffer.allocate(FIRST);
    private long deadline;
    private @Nullable EgressRun carried;
    private @Nullable Dialogue dialogue;
    private @Nullable Asked asked;
    private @Nullable Gate gate;
    private @Nullable Note note;
    private @Nullable Dial dial;
    private @Nullable SocketChannel server;
    private @Nullable Relay relay;
    private @Nullable TlsCheck tls;
    private @Nullable ByteBuffer farewell;
    private boolean said;
    private boolean told;
    private @Nullable String failure;
    private long countedUp;
    private long countedDown;

    ClientConnection(Shared shared, EventLoop loop, SocketChannel client) throws IOException {
        this.shared = shared;
        this.loop = loop;
        this.client = client;
        this.key = loop.register(client, SelectionKey.OP_READ, this);
        this.cut = () -> loop.execute(() -> end(Outcome.CUT, "the run is over"));
        waitAtMost(shared.limits().headTime().toNanos());
        loop.join(this);
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            switch (stage) {
                case TALKING -> talk();
                case LOOKING, RELAYING -> carry(ready);
                case LEAVING -> leave();
                case DIALING, CLOSED -> key.interestOps(0);
            }
        } catch (IOException e) {
            end(Outcome.FAILED, problem(e));
        }
    }

    private static String problem(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    // --- until it is clear what the client wants

    private void talk() throws IOException {
        if (!receive(shared.limits().head())) {
            end(Outcome.FAILED, "the client went away");
            return;
        }
        if (!announced()) {
            return;
        }
        Dialogue talking = dialogue;
        if (talking == null) {
            talking = begin();
            dialogue = talking;
        }
        if (talking != null) {
            converse(talking);
        } else if (in.position() > 0) {
            end(Outcome.FAILED, "neither HTTP nor SOCKS5");
        }
    }

    /** Reads what is there; false at the end of it. */
    private boolean receive(int most) throws IOException {
        if (!in.hasRemaining() && in.capacity() < most) {
            in = ByteBuffer.allocate(Math.min(most, in.capacity() * 4)).put(in.flip());
        }
        return !in.hasRemaining() || client.read(in) >= 0;
    }

    /** Takes the announcement of a relay off; false when the rest of it is still to come, or it was a wrong one. */
    private boolean announced() {
        if (dialogue != null || carried != null || in.position() == 0 || !Hello.begins(in.get(0))) {
            return true;
        }
        Hello.Result said = Hello.read(in.flip(), shared.runs());
        in.compact();
        if (said instanceof Hello.Result.Said named) {
            carried = named.run().orElse(null);
            if (carried == null) {
                shared.stranger();
                end(Outcome.FAILED, "announced for no run that is under way");
                return false;
            }
            return in.position() > 0;
        }
        return false;
    }

    private @Nullable Dialogue begin() {
        if (in.position() == 0) {
            return null;
        }
        byte first = in.get(0);
        if (first == Socks5.VERSION) {
            return new SocksDialogue(shared.runs(), carried);
        }
        return first >= 'A' && first <= 'Z'
                ? new HttpDialogue(shared.runs(), carried, shared.limits().head())
                : null;
    }

    private void converse(Dialogue talking) throws IOException {
        in.flip();
        Dialogue.Step step = talking.next(in);
        while (step instanceof Dialogue.Step.Say say) {
            // A few bytes into an empty socket: whoever does not take them is not answered.
            if (client.write(ByteBuffer.wrap(say.what())) < say.what().length) {
                throw new IOException("the client takes no answer");
            }
            step = talking.next(in);
        }
        in.compact();
        if (step instanceof Dialogue.Step.Go go) {
            go(go.asked());
        } else if (step instanceof Dialogue.Step.Refuse refuse) {
            if (refuse.run() != null) {
                note = Note.ofOdd(
                        refuse.run(), shared.clock().instant(), talking.protocol(), refuse.asked(), refuse.method());
            }
            refuse(refuse.refusal());
        } else if (!in.hasRemaining() && in.capacity() >= shared.limits().head()) {
            throw new IOException("the client says too much");
        }
    }

    private void go(Asked wish) {
        asked = wish;
        note = Note.of(wish, shared.clock().instant());
        gate = new Gate(wish.run().policy(), shared.ownPort());
        if (!wish.run().connect(cut, shared.limits().connectionsPerRun())) {
            refuse(
                    wish.run().isEnded()
                            ? new Refusal(Refusal.Kind.CREDENTIALS, "no-such-run", "The run is over.")
                            : new Refusal(
                                    Refusal.Kind.BUSY,
                                    "too-many-connections",
                                    "The run has " + shared.limits().connectionsPerRun() + " connections already."));
            return;
        }
        Gate.Verdict verdict = gate.decide(wish.target(), wish.method());
        if (verdict instanceof Gate.Verdict.Denied denied) {
            refuse(denied.refusal());
        } else if (verdict instanceof Gate.Verdict.Allowed allowed) {
            note.decided(true, allowed.rule(), allowed.reason());
            stage = Stage.DIALING;
            dial = new Dial(shared, loop, gate, wish, this);
            dial.start();
        }
    }

    // --- the server

    @Override
    public void refused(Refusal refusal, @Nullable InetAddress address) {
        if (note != null && address != null) {
            note.address(address);
        }
        refuse(refusal);
    }

    @Override
    public void connected(SocketChannel channel, SelectionKey serverKey, @Nullable UpstreamProxy upstream) {
        Asked wish = Objects.requireNonNull(asked);
        server = channel;
        serverKey.attach(this);
        if (dial != null && dial.address() != null && note != null) {
            note.address(dial.address());
        }
        Asked.PlainRequest plain = wish.plain();
        relay = new Relay(client, key, channel, serverKey, loop.buffers(), plain == null ? null : plain.body());
        waitAtMost(shared.limits().idleTime().toNanos());
        try {
            if (plain == null) {
                relay.down.sendFirst(Objects.requireNonNull(dialogue).established());
                tls = new TlsCheck(Objects.requireNonNull(gate), wish.target());
                stage = Stage.LOOKING;
                // Whatever the first bytes turn out to be, they answer to a tunnel that was promised.
                relay.pump(null, true);
            } else {
                relay.up.sendFirst(ForwardedHead.write(plain.head(), plain.to(), upstream));
                handOver(relay, false);
            }
            carry(null);
        } catch (IOException e) {
            end(Outcome.FAILED, problem(e));
        }
    }

    /** The bytes that were read ahead go first. */
    private void handOver(Relay to, boolean ended) throws IOException {
        stage = Stage.RELAYING;
        to.up.carryFirst(in.flip());
        in = ByteBuffer.allocate(0);
        if (ended) {
            to.up.sourceEnded();
        }
    }

    /** @param ready the side that something happened on; null for none, when only what is already here is looked at */
    private void carry(@Nullable SelectionKey ready) throws IOException {
        Relay both = Objects.requireNonNull(relay);
        if (stage == Stage.LOOKING && !look(both, ready == key)) {
            return;
        }
        boolean done = both.pump(ready, stage == Stage.LOOKING);
        if (!account(both)) {
            end(Outcome.CUT, "the run has sent or received as much as it may");
        } else if (done) {
            end(Outcome.COMPLETED, null);
        }
    }

    /** False when the connection is refused by what it begins with. */
    private boolean look(Relay both, boolean arrived) throws IOException {
        TlsCheck check = Objects.requireNonNull(tls);
        boolean ended = arrived && !receive(ClientHello.MAX);
        if (in.position() == 0) {
            if (ended) {
                handOver(both, true);
            }
            return true;
        }
        TlsCheck.Result result = check.look(in.duplicate().flip(), ended || !mayGrow());
        if (note != null) {
            note.serverName(check.serverName());
        }
        if (result instanceof TlsCheck.Result.Stop stop) {
            if (note != null) {
                note.refused(stop.refusal());
            }
            farewell(in.get(0) == 22 ? Answers.TLS_ACCESS_DENIED : new byte[0]);
            return false;
        }
        if (result instanceof TlsCheck.Result.Pass) {
            handOver(both, ended);
        }
        return true;
    }

    private boolean mayGrow() {
        return in.hasRemaining() || in.capacity() < ClientHello.MAX;
    }

    /** Counts what has been moved; false when the run has used up what it may. */
    private boolean account(Relay both) {
        long up = both.up.bytes();
        long down = both.down.bytes();
        if (up == countedUp && down == countedDown) {
            return true;
        }
        waitAtMost(shared.limits().idleTime().toNanos());
        boolean within = Objects.requireNonNull(asked)
                .run()
                .count(up - countedUp, down - countedDown, shared.limits().bytesPerRun());
        countedUp = up;
        countedDown = down;
        return within;
    }

    // --- the end

    private void refuse(Refusal refusal) {
        if (stage == Stage.CLOSED) {
            return;
        }
        if (note == null) {
            shared.stranger();
        } else {
            boolean byRule = refusal.kind() != Refusal.Kind.UNREACHABLE && refusal.kind() != Refusal.Kind.TIMEOUT;
            if (byRule) {
                note.refused(refusal);
            } else {
                failure = refusal.reason();
            }
        }
        Dialogue talking = dialogue;
        farewell(talking == null ? new byte[0] : talking.refusal(refusal, line(refusal)));
    }

    private String line(Refusal refusal) {
        EgressRun run = asked != null ? asked.run() : note == null ? null : note.run;
        String whom = run == null || run.policy().contact().isBlank()
                ? "your administrator"
                : run.policy().contact();
        String policy = run == null
                ? ""
                : " (policy " + run.policy().name() + " v" + run.policy().revision() + ")";
        String verb = refusal.kind() == Refusal.Kind.DENIED ? "denied" : "refused";
        return "cordon: " + verb + " by rule " + refusal.rule() + policy + ": " + refusal.reason() + " Ask " + whom
                + ".";
    }

    /** Says a last word, and gives the client a moment to read it: a reset would take it away. */
    private void farewell(byte[] word) {
        stage = Stage.LEAVING;
        farewell = ByteBuffer.wrap(word);
        closeServer();
        tell(outcome(), failure);
        waitAtMost(FAREWELL);
        try {
            leave();
        } catch (IOException e) {
            end(outcome(), failure);
        }
    }

    private Outcome outcome() {
        return failure == null ? Outcome.DENIED : Outcome.FAILED;
    }

    private void leave() throws IOException {
        ByteBuffer word = Objects.requireNonNull(farewell);
        client.write(word);
        if (!word.hasRemaining() && !said) {
            said = true;
            client.shutdownOutput();
        }
        ByteBuffer rest = loop.buffers().take();
        int count;
        try {
            count = client.read(rest);
        } finally {
            loop.buffers().give(rest);
        }
        if (count < 0) {
            end(outcome(), failure);
        } else {
            key.interestOps(SelectionKey.OP_READ | (said ? 0 : SelectionKey.OP_WRITE));
        }
    }

    private void waitAtMost(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    @Override
    public void tick(long now) {
        if (stage == Stage.DIALING && dial != null) {
            dial.tick(now);
        } else if (now - deadline >= 0) {
            switch (stage) {
                case TALKING -> end(Outcome.CUT, "the request did not come in time");
                case LOOKING, RELAYING -> end(Outcome.CUT, "idle for too long");
                case LEAVING -> end(outcome(), failure);
                case DIALING, CLOSED -> throw new IllegalStateException("nothing to wait for");
            }
        }
    }

    @Override
    public void shutDown() {
        end(Outcome.CUT, "the agent is stopping");
    }

    private void end(Outcome outcome, @Nullable String problem) {
        if (stage == Stage.CLOSED) {
            return;
        }
        stage = Stage.CLOSED;
        loop.leave(this);
        if (dial != null) {
            dial.cancel();
        }
        closeServer();
        close(client);
        shared.open().decrementAndGet();
        tell(outcome, problem);
        if (note != null) {
            note.run.disconnect(cut, shared.runs().log(), shared.clock().instant());
        }
    }

    /** Records the attempt, once: how a refused client takes its leave is not part of it. */
    private void tell(Outcome outcome, @Nullable String problem) {
        if (note == null || told) {
            return;
        }
        told = true;
        note.bytes(countedUp, countedDown);
        EgressAttempt attempt = note.end(shared.clock().instant(), outcome, problem);
        if (note.run.attempted(attempt.allowed())) {
            shared.runs().log().attempt(note.run, attempt);
        }
    }

    private void closeServer() {
        if (relay != null) {
            relay.release();
        }
        if (server != null) {
            close(server);
            server = null;
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(ClientConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a connection", e);
        }
    }
}

package io.cordon.agent.egress;

import io.cordon.agent.egress.EgressAttempt.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client, from its first byte to its record: {@link Talk}, {@link Dialing}, {@link Carriage}, {@link
 * Farewell}.
 */
final class ClientConnection implements EventLoop.Ready, EventLoop.Member {
    /** How long a refused client may take to read its answer. */
    private static final long FAREWELL = TimeUnit.SECONDS.toNanos(2);

    private final Shared shared;
    private final EventLoop loop;
    private final SocketChannel client;
    private final SelectionKey key;
    private final Inbox in;
    private final Runnable cut;
    private Phase phase;
    private long deadline;
    private @Nullable Note note;
    private @Nullable String failure;
    private boolean told;
    private boolean closed;

    /** Takes part in the loop, and has all it needs to be told of the first bytes. */
    static void begin(Shared shared, EventLoop loop, SocketChannel client) throws IOException {
        SelectionKey key = loop.register(client, SelectionKey.OP_READ, ready -> {});
        ClientConnection connection = new ClientConnection(shared, loop, client, key);
        key.attach(connection);
        loop.join(connection);
    }

    private ClientConnection(Shared shared, EventLoop loop, SocketChannel client, SelectionKey key) {
        this.shared = shared;
        this.loop = loop;
        this.client = client;
        this.key = key;
        this.in = new Inbox(client);
        this.cut = () -> loop.execute(this::runEnded);
        this.phase = new Talk(this, shared, client, in);
        waitAtMost(shared.limits().headTime().toNanos());
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (closed) {
                ready.cancel(); // It may be already: what the other side did in the same round ended both.
            } else {
                phase.ready(ready);
            }
        } catch (IOException e) {
            end(Outcome.FAILED, problem(e));
        }
    }

    private static String problem(Exception e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }

    @Override
    public void tick(long now) {
        phase.tick(now);
        if (!closed && !(phase instanceof Dialing) && now - deadline >= 0) {
            phase.late();
        }
    }

    void waitAtMost(long nanos) {
        deadline = System.nanoTime() + nanos;
    }

    /** Of a connection that is known to be a run's. */
    Note note() {
        return Objects.requireNonNull(note);
    }

    /** The client said where it wants to go. */
    void go(Asked asked, Dialogue dialogue) {
        Note begun = Note.of(asked, shared.clock().instant());
        note = begun;
        if (!asked.run().connect(cut, shared.limits().connectionsPerRun())) {
            refuse(
                    asked.run().isEnded()
                            ? new Refusal(Refusal.Kind.CREDENTIALS, "no-such-run", "The run is over.")
                            : new Refusal(
                                    Refusal.Kind.BUSY,
                                    "too-many-connections",
                                    "The run has " + shared.limits().connectionsPerRun() + " connections already."),
                    dialogue);
            return;
        }
        Gate gate = new Gate(asked.run().policy(), shared.ownPort());
        Gate.Verdict verdict = gate.decide(asked.target(), asked.method());
        if (verdict instanceof Gate.Verdict.Denied denied) {
            refuse(denied.refusal(), dialogue);
        } else if (verdict instanceof Gate.Verdict.Allowed allowed) {
            begun.decided(true, allowed.rule(), allowed.reason());
            Dialing dialing = new Dialing(this, shared, loop, asked, dialogue, gate, begun);
            phase = dialing;
            dialing.start();
        }
    }

    /** The server is there. */
    void carry(
            SocketChannel server,
            SelectionKey serverKey,
            Asked asked,
            Dialogue dialogue,
            Gate gate,
            @Nullable UpstreamProxy upstream) {
        serverKey.attach(this);
        Asked.PlainRequest plain = asked.plain();
        Relay relay = new Relay(client, key, server, serverKey, loop.buffers(), plain == null ? null : plain.body());
        Carriage carriage = new Carriage(this, shared, key, server, asked, gate, in, relay);
        phase = carriage;
        waitAtMost(shared.limits().idleTime().toNanos());
        try {
            carriage.start(dialogue.established(), upstream);
        } catch (IOException e) {
            end(Outcome.FAILED, problem(e));
        }
    }

    /** A refusal of what could not be understood, or came without credentials. */
    void refuseOdd(Dialogue.Step.Refuse refuse, Dialogue dialogue) {
        if (refuse.run() != null) {
            note = Note.ofOdd(
                    refuse.run(), shared.clock().instant(), dialogue.protocol(), refuse.asked(), refuse.method());
        }
        refuse(refuse.refusal(), dialogue);
    }

    void refuse(Refusal refusal, Dialogue dialogue) {
        if (closed) {
            return;
        }
        String problem = null;
        if (note == null) {
            shared.stranger();
        } else if (refusal.kind() == Refusal.Kind.UNREACHABLE || refusal.kind() == Refusal.Kind.TIMEOUT) {
            problem = refusal.reason();
        } else {
            note.refused(refusal);
        }
        farewell(dialogue.refusal(refusal, line(refusal)), problem);
    }

    private String line(Refusal refusal) {
        EgressRun run = note == null ? null : note.run;
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

    /**
     * The last word to a client that is not served.
     *
     * @param problem why not, when no rule forbids it
     */
    void farewell(byte[] word, @Nullable String problem) {
        phase.release();
        failure = problem;
        Farewell leaving = new Farewell(this, loop.buffers(), client, key, word);
        phase = leaving;
        tell(outcome(), failure);
        waitAtMost(FAREWELL);
        try {
            leaving.leave();
        } catch (IOException e) {
            left();
        }
    }

    private Outcome outcome() {
        return failure == null ? Outcome.DENIED : Outcome.FAILED;
    }

    /** A client that was not served has gone. */
    void left() {
        end(outcome(), failure);
    }

    void failed(String problem) {
        end(Outcome.FAILED, problem);
    }

    void cut(String why) {
        end(Outcome.CUT, why);
    }

    /** A client that had its answer and left is served; that the loop has not heard of it yet makes no difference. */
    private void runEnded() {
        if (phase instanceof Carriage && hasLeft()) {
            completed();
        } else {
            cut("the run is over");
        }
    }

    private boolean hasLeft() {
        try {
            return client.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    void completed() {
        end(Outcome.COMPLETED, null);
    }

    @Override
    public void shutDown() {
        cut("the agent is stopping");
    }

    private void end(Outcome outcome, @Nullable String problem) {
        if (closed) {
            return;
        }
        closed = true;
        loop.leave(this);
        phase.release();
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
        EgressAttempt attempt = note.end(shared.clock().instant(), outcome, problem);
        if (note.run.attempted(attempt)) {
            shared.runs().log().attempt(note.run, attempt);
        }
    }

    static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(ClientConnection.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a connection", e);
        }
    }
}

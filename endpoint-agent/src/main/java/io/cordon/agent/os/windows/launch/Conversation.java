package io.cordon.agent.os.windows.launch;

import io.cordon.agent.ipc.Frames;
import io.cordon.agent.ipc.ProtocolException;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One caller, from its request to what it is told in the end. A request is answered once: by a reply, or by the end of its run
 * when the record of that is durable.
 */
final class Conversation implements Runnable {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    /** What the caller has come to. */
    private enum State {
        SILENT,
        /** Has asked; a reply or a launch is due. A launch that failed is back here. */
        ASKED,
        RUNNING,
        /** Its run is over and waits for its record. */
        ENDED,
        TOLD
    }

    /** Whom the conversation tells of its turns. */
    interface Host {
        /** The caller is known; null, or one line that says why there is no room for it. */
        @Nullable
        String admit(Conversation conversation, String user);

        void asked(Conversation conversation, LocalRequest request);

        /** Nothing more will come. */
        void over(Conversation conversation);
    }

    private final long id;
    private final PipeConnection connection;
    private final Outbox outbox;
    private final CallerCheck check;
    private final ChannelLimits limits;
    private final Workers workers;
    private final Host host;

    private State state = State.SILENT;
    private boolean gone;
    private @Nullable Opening opening;
    private @Nullable LocalRequest request;
    private @Nullable CallerProcess process;
    private @Nullable Run run;
    private int status;

    Conversation(
            long id, PipeConnection connection, CallerCheck check, ChannelLimits limits, Workers workers, Host host) {
        this.id = id;
        this.connection = connection;
        this.outbox = new Outbox(connection, workers.writers());
        this.check = check;
        this.limits = limits;
        this.workers = workers;
        this.host = host;
    }

    long id() {
        return id;
    }

    @Override
    public void run() {
        Future<?> patience = after(limits.request().toMillis(), this::hangUp);
        try {
            byte[] first = Frames.read(connection.input());
            if (first != null && open(first)) {
                patience.cancel(false);
                listen();
            } else if (first != null) {
                awaitEnd();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "caller {0}: {1}", id, e.getMessage());
        } finally {
            patience.cancel(false);
            left();
        }
    }

    /** Reads and attests the request; false when it was refused. */
    private boolean open(byte[] frame) throws IOException {
        Opening asked;
        try {
            asked = LauncherReader.opening(frame);
        } catch (ProtocolException e) {
            refuse("the request cannot be understood: " + e.getMessage());
            return false;
        }
        Attestation seen = connection.attest(asked.cwd());
        synchronized (this) {
            process = seen.process();
            opening = asked;
        }
        CallerCheck.Result result = check.check(seen);
        if (result instanceof CallerCheck.Result.Admitted admitted) {
            String full = host.admit(this, admitted.caller().account().id());
            if (full == null) {
                return ask(asked.attested(id, admitted.caller(), admitted.cwd()));
            }
            refuse(full);
        } else if (result instanceof CallerCheck.Result.Refused refused) {
            refuse(refused.reason());
        }
        return false;
    }

    /** False when the caller has been sent away in the meantime. */
    private boolean ask(LocalRequest asked) {
        synchronized (this) {
            if (state != State.SILENT) {
                return false;
            }
            request = asked;
            state = State.ASKED;
        }
        host.asked(this, asked);
        return true;
    }

    private void listen() throws IOException {
        byte[] frame = Frames.read(connection.input());
        while (frame != null) {
            LauncherMessage message = LauncherReader.message(frame);
            Run running = running();
            if (running != null) {
                running.heed(message);
            }
            frame = Frames.read(connection.input());
        }
    }

    /** What is still in the pipe would be lost with this end, so the caller closes first. */
    private void awaitEnd() throws IOException {
        if (connection.input().read() >= 0) {
            hangUp();
        }
    }

    private synchronized @Nullable Run running() {
        return state == State.RUNNING ? run : null;
    }

    /** Null when the request is still to be answered and its caller is there; otherwise why nothing can be run for it. */
    synchronized @Nullable String begin(Run started) {
        if (state != State.ASKED || gone) {
            return gone ? "the caller is gone" : "the request has been answered already";
        }
        state = State.RUNNING;
        run = started;
        return null;
    }

    synchronized @Nullable LocalRequest request() {
        return request;
    }

    /** The caller's process; null as long as it has not asked. */
    synchronized @Nullable CallerProcess process() {
        return process;
    }

    synchronized StandardHandles handles() {
        return opening == null ? StandardHandles.NONE : opening.handles();
    }

    void send(byte[] frame) {
        outbox.send(frame);
    }

    synchronized void reply(LocalReply reply) {
        if (state == State.ASKED) {
            tell(LauncherWriter.reply(reply));
        }
    }

    /** The run could not be started; whoever launched it replies. */
    synchronized void failed() {
        if (state == State.RUNNING) {
            state = State.ASKED;
            run = null;
        }
    }

    /** @param exit status of the command */
    synchronized void ended(int exit) {
        if (state == State.RUNNING) {
            state = State.ENDED;
            status = exit;
            after(limits.recorded().toMillis(), this::recorded);
        }
    }

    synchronized void lost(String why) {
        if (state != State.TOLD) {
            tell(LauncherWriter.failed(why));
        }
    }

    synchronized void recorded() {
        if (state == State.ENDED) {
            tell(LauncherWriter.exited(status));
        }
    }

    void kill(String reason) {
        Run running = running();
        if (running != null) {
            running.kill(reason);
        }
    }

    /** The agent stops: a run ends and is still reported, everybody else is told at once. */
    void stop() {
        Run running = running();
        if (running != null) {
            running.kill("the agent is stopping");
            return;
        }
        synchronized (this) {
            if (state == State.SILENT || state == State.ASKED) {
                tell(LauncherWriter.failed("the agent is stopping"));
            }
        }
    }

    private synchronized void refuse(String why) {
        tell(LauncherWriter.failed(why));
    }

    private void tell(byte[] last) {
        state = State.TOLD;
        outbox.send(last);
        after(limits.farewell().toMillis(), this::hangUp);
    }

    void hangUp() {
        connection.close();
    }

    private void left() {
        Run running;
        synchronized (this) {
            gone = true;
            running = state == State.RUNNING ? run : null;
        }
        if (running != null) {
            running.kill("its caller is gone");
            running.whenOver(this::leave);
        } else {
            leave();
        }
    }

    /** Its place is free before the caller can hear of the end, and come again. */
    private void leave() {
        host.over(this);
        connection.close();
        CallerProcess held;
        synchronized (this) {
            held = process;
        }
        if (held != null) {
            held.close();
        }
    }

    private Future<?> after(long millis, Runnable action) {
        return workers.timer().schedule(action, millis, TimeUnit.MILLISECONDS);
    }
}

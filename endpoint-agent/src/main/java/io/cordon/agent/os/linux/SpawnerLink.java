package io.cordon.agent.os.linux;

import io.cordon.agent.ipc.Frames;
import io.cordon.agent.ipc.MessageReader;
import io.cordon.agent.ipc.MessageWriter;
import io.cordon.agent.ipc.ProtocolException;
import io.cordon.agent.ipc.SpawnerMessage;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.ProcessLauncher;
import io.cordon.agent.os.RunListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Local channel and process launcher in one: the link to the native spawner, which is a child of this process. It listens for
 * local callers, attests them and starts what it is told to. When the spawner dies, so does every run (its own construction
 * sees to that), and each is reported as lost; whether to open the link again is the service's decision.
 */
public final class SpawnerLink implements LocalChannel, ProcessLauncher {
    private static final System.Logger LOG = System.getLogger(SpawnerLink.class.getName());
    private static final Features UNKNOWN = new Features("none", false, "none");

    private final SpawnerProcess.Starter starter;
    private final Map<Long, RunListener> runs = new ConcurrentHashMap<>();
    private final Object writing = new Object();
    private volatile @Nullable SpawnerProcess spawner;
    private volatile Features features = UNKNOWN;
    private volatile boolean closed;

    /**
     * @param spawner the native program
     * @param socket where local callers connect
     * @param hidden directories that no plan may leave visible
     */
    public SpawnerLink(Path spawner, Path socket, Path bubblewrap, List<Path> hidden) {
        this(SpawnerProcess.program(spawner, socket, bubblewrap, hidden));
    }

    SpawnerLink(SpawnerProcess.Starter starter) {
        this.starter = starter;
    }

    @Override
    public void open(Handler handler) throws IOException {
        if (spawner != null || closed) {
            throw new IllegalStateException(closed ? "the link is closed" : "the link is already open");
        }
        SpawnerProcess started = starter.start();
        try {
            byte[] first = Frames.read(started.messages());
            if (first == null) {
                throw new IOException(started.epitaph() + " before it was ready; its own message says why");
            }
            if (!(MessageReader.read(first) instanceof SpawnerMessage.Ready ready)) {
                throw new ProtocolException("first message: not ready (expected: ready)");
            }
            features = ready.features();
        } catch (IOException e) {
            started.stop();
            throw e;
        }
        spawner = started;
        Thread reader = new Thread(() -> listen(started, handler), "spawner-link");
        reader.setDaemon(true);
        reader.start();
    }

    private void listen(SpawnerProcess from, Handler handler) {
        String why;
        try {
            byte[] frame = Frames.read(from.messages());
            while (frame != null) {
                dispatch(frame, handler);
                frame = Frames.read(from.messages());
            }
            why = from.epitaph();
        } catch (IOException e) {
            why = "the spawner cannot be understood: " + e.getMessage();
            from.stop();
        }
        spawner = null;
        features = UNKNOWN;
        String reason = why;
        // One by one: what is put in from here on finds no spawner, takes itself out again and hears that.
        for (long id : List.copyOf(runs.keySet())) {
            with(runs.remove(id), run -> run.lost(reason));
        }
        if (!closed) {
            handler.ended(why);
        }
    }

    private void dispatch(byte[] frame, Handler handler) throws IOException {
        SpawnerMessage message;
        try {
            message = MessageReader.read(frame);
        } catch (ProtocolException e) {
            long id = MessageReader.requestId(frame);
            if (id < 0) {
                throw e;
            }
            // What a caller can bring about must not end the link for everybody.
            reply(id, LocalReply.line(LocalReply.FAILED, "the request cannot be understood: " + e.getMessage()));
            return;
        }
        try {
            deliver(message, handler);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a message of the spawner was not handled", e);
            if (message instanceof SpawnerMessage.Request request) {
                reply(request.request().id(), LocalReply.line(LocalReply.FAILED, "internal error: " + e.getMessage()));
            }
        }
    }

    private void deliver(SpawnerMessage message, Handler handler) {
        if (message instanceof SpawnerMessage.Request request) {
            handler.request(request.request());
        } else if (message instanceof SpawnerMessage.Started started) {
            with(runs.get(started.id()), run -> run.started(started.pid(), started.at()));
        } else if (message instanceof SpawnerMessage.Process process) {
            with(runs.get(process.id()), run -> run.process(process.event()));
        } else if (message instanceof SpawnerMessage.Exited exited) {
            with(runs.remove(exited.id()), run -> run.exited(exited.exit()));
        } else if (message instanceof SpawnerMessage.Failed failed) {
            with(runs.remove(failed.id()), run -> run.failed(failed.stage(), failed.error()));
        }
    }

    private static void with(@Nullable RunListener run, java.util.function.Consumer<RunListener> action) {
        if (run != null) {
            action.accept(run);
        }
    }

    @Override
    public void reply(long id, LocalReply reply) {
        trySend(MessageWriter.reply(id, reply));
    }

    @Override
    public void launch(long id, ConfinementPlan plan, RunListener listener) {
        runs.put(id, listener);
        String error = send(MessageWriter.plan(id, plan));
        if (error != null && runs.remove(id, listener)) {
            listener.failed("spawner", error);
        }
    }

    @Override
    public void kill(long id, String reason) {
        trySend(MessageWriter.kill(id, reason));
    }

    @Override
    public void recorded(long id) {
        trySend(MessageWriter.recorded(id));
    }

    private void trySend(byte[] frame) {
        String error = send(frame);
        if (error != null) {
            // With the spawner gone there is nobody left to tell.
            LOG.log(System.Logger.Level.DEBUG, error);
        }
    }

    /** Returns null when sent, else why not. */
    private @Nullable String send(byte[] frame) {
        SpawnerProcess to = spawner;
        if (to == null) {
            return "the spawner does not run";
        }
        try {
            synchronized (writing) {
                Frames.write(to.commands(), frame);
            }
            return null;
        } catch (IOException e) {
            return "the spawner cannot be reached: " + e.getMessage();
        }
    }

    @Override
    public Features features() {
        return features;
    }

    @Override
    public void close() {
        closed = true;
        SpawnerProcess running = spawner;
        if (running != null) {
            running.stop();
        }
    }
}

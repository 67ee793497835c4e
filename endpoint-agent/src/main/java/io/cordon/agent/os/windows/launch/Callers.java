package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Everybody who is connected: takes them in, bounded in all and for each user, and hands their requests on in order. */
final class Callers implements Conversation.Host {
    private static final System.Logger LOG = System.getLogger(Callers.class.getName());

    private final PipeListener.Source pipe;
    private final CallerCheck check;
    private final ChannelLimits limits;
    private final Workers workers;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Conversation> open = new ConcurrentHashMap<>();
    private final Set<Conversation> silent = new LinkedHashSet<>();
    private final Map<Conversation, String> users = new HashMap<>();
    private final Set<Run> runs = ConcurrentHashMap.newKeySet();
    private volatile LocalChannel.@Nullable Handler handler;
    private volatile @Nullable PipeListener listener;
    private volatile boolean closed;

    Callers(PipeListener.Source pipe, CallerCheck check, ChannelLimits limits, Workers workers) {
        this.pipe = pipe;
        this.check = check;
        this.limits = limits;
        this.workers = workers;
    }

    void open(LocalChannel.Handler to) throws IOException {
        if (listener != null || closed) {
            throw new IllegalStateException(closed ? "the channel is closed" : "the channel is already open");
        }
        PipeListener listening = pipe.listen();
        handler = to;
        listener = listening;
        workers.talks().newThread(() -> accept(listening)).start();
    }

    private void accept(PipeListener from) {
        String why;
        try {
            while (true) {
                take(from.accept());
            }
        } catch (IOException e) {
            why = "no more callers can come: " + e.getMessage();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "the channel ended in a defect", e);
            why = "internal error: " + e;
        }
        from.close();
        ended(why);
    }

    private void take(PipeConnection connection) {
        Conversation conversation = new Conversation(ids.incrementAndGet(), connection, check, limits, workers, this);
        boolean full;
        Conversation eldest = null;
        synchronized (silent) {
            full = open.size() >= limits.connections();
            open.put(conversation.id(), conversation);
            silent.add(conversation);
            if (silent.size() > limits.silent()) {
                Iterator<Conversation> first = silent.iterator();
                eldest = first.next();
                first.remove();
            }
        }
        if (eldest != null) {
            eldest.hangUp();
        }
        if (full) {
            conversation.lost(
                    "too many commands at once on this machine (limit: " + limits.connections() + "); try again later");
        }
        workers.talks().newThread(conversation).start();
    }

    private void ended(String why) {
        listener = null;
        if (closed) {
            return;
        }
        runs.forEach(run -> run.lose(why));
        open.values().forEach(caller -> caller.lost(why));
        LocalChannel.Handler to = handler;
        handler = null;
        if (to != null) {
            workers.events().execute(() -> to.ended(why));
        }
    }

    @Nullable
    Conversation find(long id) {
        return open.get(id);
    }

    void started(Run run) {
        runs.add(run);
        run.whenOver(() -> runs.remove(run));
    }

    @Override
    public @Nullable String admit(Conversation conversation, String user) {
        synchronized (silent) {
            silent.remove(conversation);
            long own = users.values().stream().filter(user::equals).count();
            if (own >= limits.perUser()) {
                return "you already have " + own + " commands waiting or running (limit: " + limits.perUser()
                        + "); wait for one to end";
            }
            users.put(conversation, user);
            return null;
        }
    }

    @Override
    public void asked(Conversation conversation, LocalRequest request) {
        workers.events().execute(() -> {
            LocalChannel.Handler to = handler;
            if (to == null) {
                conversation.reply(LocalReply.line(LocalReply.FAILED, "the agent is stopping"));
                return;
            }
            try {
                to.request(request);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a request was not handled", e);
                conversation.reply(LocalReply.line(LocalReply.FAILED, "internal error: " + e.getMessage()));
            }
        });
    }

    @Override
    public void over(Conversation conversation) {
        synchronized (silent) {
            silent.remove(conversation);
            users.remove(conversation);
            open.remove(conversation.id());
        }
    }

    void close() {
        closed = true;
        handler = null;
        PipeListener listening = listener;
        if (listening != null) {
            listening.close();
        }
        for (Conversation caller : List.copyOf(open.values())) {
            caller.stop();
        }
    }
}

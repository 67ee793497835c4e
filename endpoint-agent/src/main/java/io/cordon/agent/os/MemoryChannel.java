package io.cordon.agent.os;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The reference: requests are handed in by a method call. */
public final class MemoryChannel implements LocalChannel {
    private final Map<Long, CompletableFuture<LocalReply>> pending = new ConcurrentHashMap<>();
    private volatile @Nullable Handler handler;

    @Override
    public void open(Handler to) {
        if (handler != null) {
            throw new IllegalStateException("the channel is already open");
        }
        handler = to;
    }

    /** Sends a request as its caller would; completes with the reply, if one comes. */
    public CompletableFuture<LocalReply> send(LocalRequest request) {
        Handler to = handler;
        if (to == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("the channel is not open"));
        }
        CompletableFuture<LocalReply> reply = new CompletableFuture<>();
        pending.put(request.id(), reply);
        to.request(request);
        return reply;
    }

    /** Ends the channel as if what carries it had died. */
    public void breakOff(String why) {
        Handler to = handler;
        handler = null;
        pending.clear();
        if (to != null) {
            to.ended(why);
        }
    }

    @Override
    public void reply(long id, LocalReply reply) {
        CompletableFuture<LocalReply> waiting = pending.remove(id);
        if (waiting != null) {
            waiting.complete(reply);
        }
    }

    @Override
    public void close() {
        handler = null;
        pending.clear();
    }
}

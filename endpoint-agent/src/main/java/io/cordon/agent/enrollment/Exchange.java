package io.cordon.agent.enrollment;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request under way. Its time limit covers everything up to the last byte of the body, so a server that sends a byte now
 * and then cannot hold the agent.
 */
public final class Exchange {
    private final CompletableFuture<HttpResponse<byte[]>> response;
    private final Duration limit;
    private final Consumer<ServerReply> onReply;

    Exchange(CompletableFuture<HttpResponse<byte[]>> response, Duration limit, Consumer<ServerReply> onReply) {
        this.response = response;
        this.limit = limit;
        this.onReply = onReply;
    }

    /** Gives the request up; {@link #await()} then throws {@link CancellationException}. */
    public void cancel() {
        response.cancel(true);
    }

    /**
     * Waits for the whole reply.
     *
     * @throws IOException when the server could not be reached, was too slow or said too much
     * @throws CancellationException after {@link #cancel()}
     */
    public ServerReply await() throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> answer = response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            ServerReply reply = new ServerReply(answer.statusCode(), answer.headers(), answer.body());
            onReply.accept(reply);
            return reply;
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new HttpTimeoutException("no complete reply within " + limit.toMillis() + " ms");
        } catch (InterruptedException e) {
            response.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException cancelled) {
                throw cancelled;
            }
            if (e.getCause() instanceof ConnectException refused && refused.getMessage() == null) {
                throw named(refused);
            }
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("the exchange failed", e.getCause());
        }
    }

    /** The platform's exception for this says nothing. */
    private static ConnectException named(ConnectException silent) {
        boolean unknownName = false;
        for (@Nullable Throwable each = silent; each != null && !unknownName; each = each.getCause()) {
            unknownName = each instanceof UnresolvedAddressException;
        }
        ConnectException named = new ConnectException(unknownName ? "the name does not resolve" : "no connection");
        named.initCause(silent);
        return named;
    }
}

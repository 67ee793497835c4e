package io.cordon.agent.sync;

import io.cordon.agent.enrollment.ReplyTooLargeException;
import io.cordon.agent.enrollment.ServerConnection;
import io.cordon.agent.enrollment.ServerReply;
import io.cordon.policy.trust.FetchException;
import io.cordon.policy.trust.Fetcher;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the signed repository over the endpoint's connection: bounded in time and length, no redirects, nothing believed. */
final class RepositoryFetcher implements Fetcher {
    private static final String BASE = "/tuf/";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final ServerConnection connection;

    RepositoryFetcher(ServerConnection connection) {
        this.connection = connection;
    }

    @Override
    public byte[] fetch(String path, int maxLength) throws FetchException {
        ServerReply reply;
        try {
            reply = connection.get(BASE + encoded(path), maxLength);
        } catch (ReplyTooLargeException e) {
            throw new FetchException.TooLarge(path, maxLength);
        } catch (IOException e) {
            throw new FetchException(path + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException(path + ": interrupted", e);
        }
        if (reply.status() == NOT_FOUND) {
            throw new FetchException.NotFound(path);
        }
        if (reply.status() != OK) {
            String code = reply.problem().code();
            throw new FetchException(
                    path + ": the server answers " + reply.status() + (code.isEmpty() ? "" : " " + code));
        }
        return reply.body();
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    @Override
    public Optional<Instant> serverTime() {
        return connection.serverTime();
    }
}

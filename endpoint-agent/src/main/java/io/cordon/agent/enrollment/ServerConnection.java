package io.cordon.agent.enrollment;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The mutually authenticated way to the server. Requests that start after a renewal use the new certificate; those under way
 * end with the old one. Also keeps what every reply tells beside its content: the server's clock, and whether it
 * still serves this endpoint.
 */
public final class ServerConnection {
    private static final int REDIRECTION = 300;
    private static final int FORBIDDEN = 403;
    private static final String DISABLED = "fleet.endpoint-disabled";

    private final TimeLimits limits;
    private final InstantSource clock;
    private volatile Live live;
    private volatile Optional<Instant> serverTime = Optional.empty();
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean disabled;

    private record Live(DeviceIdentity identity, HttpClient client) {}

    public ServerConnection(DeviceIdentity identity, TimeLimits limits, InstantSource clock)
            throws GeneralSecurityException {
        this.limits = limits;
        this.clock = clock;
        this.live = new Live(identity, HttpClients.mutual(identity, limits));
    }

    /** Whom requests are sent as, now. */
    public DeviceIdentity identity() {
        return current().identity;
    }

    void use(DeviceIdentity renewed) throws GeneralSecurityException {
        live = new Live(renewed, HttpClients.mutual(renewed, limits));
    }

    /** Sends a GET and waits for at most {@code most} bytes. */
    public ServerReply get(String path, int most) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).GET(), most, limits.exchange())
                .await();
    }

    /** Sends a POST and waits for at most {@code most} bytes. */
    public ServerReply post(String path, Map<String, String> headers, byte[] body, int most)
            throws IOException, InterruptedException {
        return send(posting(path, headers, body), most, limits.exchange()).await();
    }

    /** Sends a POST whose reply the server may hold back; the caller awaits or cancels it. */
    public Exchange postHeld(String path, Map<String, String> headers, byte[] body, int most) {
        return send(posting(path, headers, body), most, limits.held());
    }

    private HttpRequest.Builder posting(String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(at(path)).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request;
    }

    private Exchange send(HttpRequest.Builder request, int most, Duration limit) {
        HttpRequest built = request.timeout(limit).build();
        return new Exchange(current().client.sendAsync(built, BoundedBody.of(most)), limit, this::note);
    }

    private URI at(String path) {
        return URI.create(identity().server() + path);
    }

    private Live current() {
        return live;
    }

    private void note(ServerReply reply) {
        if (reply.status() < REDIRECTION) {
            disabled = false;
        } else if (reply.status() == FORBIDDEN && reply.problem().code().equals(DISABLED)) {
            disabled = true;
        }
        reply.date().ifPresent(date -> {
            serverTime = Optional.of(date);
            skew = Duration.between(date, clock.instant());
        });
    }

    /** True while the server says that an administrator disabled this endpoint. */
    public boolean disabled() {
        return disabled;
    }

    /** The clock of the server at its last reply. */
    public Optional<Instant> serverTime() {
        return serverTime;
    }

    /** How far this machine's clock was ahead of the server's at the last reply; negative when behind. */
    public Duration clockSkew() {
        return skew;
    }
}

package io.cordon.server.fleet;

import jakarta.enterprise.context.RequestScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which endpoint makes this request: proven by its certificate, checked against the fleet. */
@RequestScoped
public class DeviceIdentity {

    private @Nullable UUID endpointId;
    private String group = "";
    private @Nullable Instant lapsedAt;

    /**
     * The endpoint's id.
     *
     * @throws IllegalStateException on a path that the device filter does not guard
     */
    public UUID endpointId() {
        if (endpointId == null) {
            throw new IllegalStateException("no device certificate on this request: the path is not guarded");
        }
        return endpointId;
    }

    /** The group that the certificate binds. */
    public String group() {
        return group;
    }

    /** When the certificate ended, if it has: only renewal lets such an endpoint in. */
    public Optional<Instant> lapsedAt() {
        return Optional.ofNullable(lapsedAt);
    }

    void become(UUID id, String boundGroup, @Nullable Instant ended) {
        endpointId = id;
        group = boundGroup;
        lapsedAt = ended;
    }
}

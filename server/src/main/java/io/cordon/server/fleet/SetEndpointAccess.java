package io.cordon.server.fleet;

import io.cordon.server.access.Actor;
import io.cordon.server.access.AdminCommand;
import io.cordon.server.access.Permission;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shuts an endpoint out, or lets it in again. It keeps its identity and its policy in both. */
final class SetEndpointAccess implements AdminCommand<Endpoint> {

    private final FleetStore fleet;
    private final UUID endpointId;
    private final @Nullable Instant disabledAt;
    private final String reason;

    /** @param disabledAt when it was shut out, null to let it in */
    SetEndpointAccess(FleetStore fleet, UUID endpointId, @Nullable Instant disabledAt, String reason) {
        this.fleet = fleet;
        this.endpointId = endpointId;
        this.disabledAt = disabledAt;
        this.reason = reason;
    }

    @Override
    public String action() {
        return disabledAt == null ? "fleet.enable-endpoint" : "fleet.disable-endpoint";
    }

    @Override
    public Permission permission() {
        return Permission.FLEET_MANAGE;
    }

    @Override
    public String reason() {
        return reason;
    }

    @Override
    public Applied<Endpoint> apply(Actor actor) {
        if (!fleet.setDisabled(endpointId, disabledAt)) {
            throw Problem.of(ProblemCode.FLEET_ENDPOINT_NOT_FOUND, "No endpoint has the id " + endpointId + ".");
        }
        return new Applied<>(fleet.find(endpointId).orElseThrow(), endpointId.toString());
    }
}

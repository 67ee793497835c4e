package io.cordon.server.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What one endpoint reports to be on it. */
@Path("/admin/v1/endpoints/{id}/inventory")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fleet")
public class InventoryResource {
    private static final Inventory NOTHING =
            new Inventory(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    private final FleetStore fleet;
    private final InventoryStore inventories;

    InventoryResource(FleetStore fleet, InventoryStore inventories) {
        this.fleet = fleet;
        this.inventories = inventories;
    }

    /** @param reportedAt null before the first report */
    @Schema(name = "EndpointInventory")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record InventoryView(
            @Nullable Instant reportedAt, @NotNull Inventory inventory) {}

    @GET
    @Requires(Permission.FLEET_READ)
    @Operation(
            operationId = "getEndpointInventory",
            summary = "Coding agents, MCP servers and managed settings of an endpoint, as it reports them")
    @APIResponse(responseCode = "200", description = "the last report")
    @APIResponse(responseCode = "404", description = "fleet.endpoint-not-found")
    public InventoryView get(@PathParam("id") String id) {
        Endpoint endpoint = parse(id)
                .flatMap(fleet::find)
                .orElseThrow(
                        () -> Problem.of(ProblemCode.FLEET_ENDPOINT_NOT_FOUND, "No endpoint has the id " + id + "."));
        return inventories
                .find(endpoint.id())
                .map(found -> new InventoryView(found.at(), found.inventory()))
                .orElseGet(() -> new InventoryView(null, NOTHING));
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package io.cordon.server.fleet;

import io.cordon.server.access.CommandGate;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.fleet.EndpointViews.EndpointDetail;
import io.cordon.server.fleet.EndpointViews.EndpointSummary;
import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The fleet for administrators. */
@Path("/admin/v1/endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "fleet")
public class EndpointResource {

    private final FleetStore fleet;
    private final EndpointViews views;
    private final HeadWatch watch;
    private final CommandGate gate;
    private final InstantSource clock;

    EndpointResource(FleetStore fleet, EndpointViews views, HeadWatch watch, CommandGate gate, InstantSource clock) {
        this.fleet = fleet;
        this.views = views;
        this.watch = watch;
        this.gate = gate;
        this.clock = clock;
    }

    /** Why, for the audit log. */
    public record Reason(@NotBlank @Size(max = 1000) String reason) {}

    /** By host name. */
    @GET
    @Requires(Permission.FLEET_READ)
    @Operation(operationId = "listEndpoints")
    public Page<EndpointSummary> list(
            @QueryParam("state")
                    @Nullable
                    @Parameter(description = "disabled, never-synced, silent, refused, stale, in-force or pending")
                    String state,
            @QueryParam("q") @Nullable @Parameter(description = "part of host name, group or id") String text,
            @BeanParam PageRequest page) {
        Cursor cursor = page.cursor(2);
        int limit = page.limit();
        List<Endpoint> rows = fleet.list(new FleetQuery(
                state == null || state.isEmpty() ? null : EndpointState.of(state),
                text == null || text.isBlank() ? null : text.strip(),
                cursor == null ? null : new FleetQuery.Position(cursor.text(0), cursor.uuid(1)),
                limit + 1,
                watch.head().targetsVersion(),
                clock.instant()));
        return Page.of(rows, limit, last -> Cursor.of(last.facts().hostname(), last.id()))
                .map(views::summary);
    }

    @GET
    @Path("/{id}")
    @Requires(Permission.FLEET_READ)
    @Operation(operationId = "getEndpoint")
    public EndpointDetail get(@PathParam("id") String id) {
        return views.detail(fleet.find(id(id)).orElseThrow(() -> notFound(id)));
    }

    /** Shuts the endpoint out: its calls are refused until it is enabled. What it enforces stays. */
    @POST
    @Path("/{id}/disable")
    @Requires(Permission.FLEET_MANAGE)
    @Operation(operationId = "disableEndpoint")
    public EndpointDetail disable(@PathParam("id") String id, @Valid @NotNull Reason why) {
        return views.detail(gate.run(new SetEndpointAccess(fleet, id(id), clock.instant(), why.reason())));
    }

    @POST
    @Path("/{id}/enable")
    @Requires(Permission.FLEET_MANAGE)
    @Operation(operationId = "enableEndpoint")
    public EndpointDetail enable(@PathParam("id") String id, @Valid @NotNull Reason why) {
        return views.detail(gate.run(new SetEndpointAccess(fleet, id(id), null, why.reason())));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw notFound(text);
        }
    }

    private static Problem notFound(String id) {
        return Problem.of(ProblemCode.FLEET_ENDPOINT_NOT_FOUND, "No endpoint has the id " + id + ".");
    }
}

package io.cordon.server.investigation;

import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.fleet.FleetStore;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What ran on an endpoint. */
@Path("/admin/v1/endpoints/{id}/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "investigation")
public class EndpointRunsResource {
    private final Investigation investigation;
    private final FleetStore fleet;

    EndpointRunsResource(Investigation investigation, FleetStore fleet) {
        this.investigation = investigation;
        this.fleet = fleet;
    }

    @GET
    @Requires(Permission.INVESTIGATION_READ)
    @Operation(operationId = "listEndpointRuns", summary = "Runs of an endpoint, newest first")
    @APIResponse(responseCode = "200", description = "the runs")
    @APIResponse(responseCode = "404", description = "fleet.endpoint-not-found")
    public Page<RunView> list(@PathParam("id") String id, @BeanParam PageRequest page) {
        UUID endpoint = known(id);
        return investigation.runsOfEndpoint(endpoint, page.limit(), page.cursor(2));
    }

    private UUID known(String id) {
        try {
            UUID endpoint = UUID.fromString(id);
            if (fleet.find(endpoint).isPresent()) {
                return endpoint;
            }
        } catch (IllegalArgumentException e) {
            // falls through: what is no id names no endpoint
        }
        throw Problem.of(ProblemCode.FLEET_ENDPOINT_NOT_FOUND, "No endpoint has the id " + id + ".");
    }
}

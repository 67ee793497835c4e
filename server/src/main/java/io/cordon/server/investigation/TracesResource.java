package io.cordon.server.investigation;

import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Traces. */
@Path("/admin/v1/traces")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "investigation")
public class TracesResource {
    private final Investigation investigation;

    TracesResource(Investigation investigation) {
        this.investigation = investigation;
    }

    @GET
    @Path("/{traceId}")
    @Requires(Permission.INVESTIGATION_READ)
    @Operation(operationId = "getTrace", summary = "A trace with its spans by time")
    @APIResponse(responseCode = "200", description = "the trace")
    @APIResponse(responseCode = "404", description = "investigation.trace-not-found")
    public TraceView get(@PathParam("traceId") String traceId) {
        return investigation.trace(traceId);
    }
}

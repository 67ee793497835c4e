package io.cordon.server.investigation;

import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How often developers are asked. */
@Path("/admin/v1/asks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "investigation")
public class AsksResource {
    private final Investigation investigation;

    AsksResource(Investigation investigation) {
        this.investigation = investigation;
    }

    @GET
    @Requires(Permission.INVESTIGATION_READ)
    @Operation(
            operationId = "getAsks",
            summary = "Decisions of hooks over a period: how many asked a developer, and what came of it")
    public AskReport get(@BeanParam AskFilter filter) {
        return investigation.asks(filter);
    }
}

package io.cordon.server.investigation;

import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sessions of coding agents. */
@Path("/admin/v1/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "investigation")
public class SessionsResource {
    private final Investigation investigation;

    SessionsResource(Investigation investigation) {
        this.investigation = investigation;
    }

    @GET
    @Requires(Permission.INVESTIGATION_READ)
    @Operation(operationId = "listSessions", summary = "Sessions, last active first")
    public Page<SessionView> list(@BeanParam SessionFilter filter, @BeanParam PageRequest page) {
        return investigation.sessions(filter, page.limit(), page.cursor(2));
    }

    @GET
    @Path("/{id: .+}")
    @Requires(Permission.INVESTIGATION_READ)
    @Operation(
            operationId = "getSessionDetail",
            summary = "A session with its runs, by id, or by the name that an endpoint gave it (the last active)")
    @APIResponse(responseCode = "200", description = "the session")
    @APIResponse(responseCode = "404", description = "investigation.session-not-found")
    public SessionView.Detail get(@PathParam("id") String id) {
        return investigation.session(id);
    }
}

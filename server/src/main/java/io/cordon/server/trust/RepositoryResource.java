package io.cordon.server.trust;

import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The signed repository, for administrators. */
@Path("/admin/v1/repository")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
public class RepositoryResource {
    private final SignedRepository repository;

    RepositoryResource(SignedRepository repository) {
        this.repository = repository;
    }

    @GET
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getRepository", summary = "Versions and validity of the signed repository")
    public RepositoryStatus status() {
        return RepositoryStatus.of(repository.begun());
    }
}

package io.cordon.server.policy;

import io.cordon.policy.baseline.Baseline;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What comes with Cordon: the baseline policies, and the schema of every document. */
@Path("/admin/v1")
@Tag(name = "policies")
public class LibraryResource {

    @GET
    @Path("/baselines")
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listBaselines", summary = "The baseline library, from the narrowest to the widest")
    public List<PolicyViews.BaselineView> baselines() {
        return Baseline.library().stream().map(PolicyViews.BaselineView::of).toList();
    }

    @GET
    @Path("/policy-schema")
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getPolicySchema", summary = "The JSON Schema (2020-12) of policy documents")
    public String schema() {
        return PolicyDocuments.schemaJson();
    }
}

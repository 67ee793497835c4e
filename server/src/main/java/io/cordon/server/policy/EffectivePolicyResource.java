package io.cordon.server.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.resolve.Provenance;
import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.resolve.Resolver;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.fleet.EffectivePolicy;
import io.cordon.server.fleet.Endpoint;
import io.cordon.server.fleet.FleetStore;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What should hold at an endpoint by what is published now, worked out by the code that the endpoint runs. */
@Path("/admin/v1/endpoints/{id}/effective-policy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
public class EffectivePolicyResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PolicyStore store;
    private final FleetStore fleet;
    private final InstantSource clock;

    EffectivePolicyResource(PolicyStore store, FleetStore fleet, InstantSource clock) {
        this.store = store;
        this.fleet = fleet;
        this.clock = clock;
    }

    /** Which document and line set one value. */
    @Schema(name = "Provenance")
    public record ProvenanceView(
            @Schema(required = true, description = "JSON pointer into policy")
            String pointer,

            @Schema(required = true) String value,

            @Schema(required = true, description = "target path of the document, or builtin")
            String target,

            @Schema(required = true) int line,

            @Schema(
                    required = true,
                    enumeration = {"base", "tightening", "exception", "builtin"})
            String kind,

            @Schema(required = true) int revision) {

        static ProvenanceView of(Provenance one) {
            return new ProvenanceView(one.pointer(), one.value(), one.target(), one.line(), one.kind(), one.revision());
        }
    }

    /** The resolved policy with where each value comes from. */
    @Schema(name = "ResolvedEndpointPolicy")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record View(
            @Schema(required = true) Map<String, Object> policy,
            @Schema(required = true) List<ProvenanceView> provenance,
            @Schema(required = true) List<String> notices,
            @Schema(required = true) String digest,

            @Schema(
                    required = true,
                    nullable = true,
                    description = "whether the endpoint reports this very policy; null when it has reported none")
            @Nullable
            Boolean matchesReported) {}

    @GET
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getEndpointEffectivePolicy", summary = "The policy that holds at an endpoint, and why")
    @APIResponse(responseCode = "200", description = "the policy")
    @APIResponse(responseCode = "404", description = "fleet.endpoint-not-found")
    public View get(@PathParam("id") String id) {
        Endpoint endpoint = find(id);
        EndpointFacts facts = new EndpointFacts(
                endpoint.id().toString(),
                endpoint.facts().os(),
                endpoint.facts().hostname(),
                endpoint.group().isEmpty() ? Set.of() : Set.of(endpoint.group()),
                endpoint.tags());
        Resolution resolution = Resolver.resolve(CurrentSet.policySet(store.current()), facts, clock.instant());
        String digest = resolution.policy().digest().hex();
        EffectivePolicy reported = endpoint.effectivePolicy();
        return new View(
                JSON.convertValue(resolution.policy().toJson(), new TypeReference<Map<String, Object>>() {}),
                resolution.provenance().stream().map(ProvenanceView::of).toList(),
                resolution.notices(),
                digest,
                reported == null ? null : reported.digest().endsWith(digest));
    }

    private Endpoint find(String id) {
        try {
            return fleet.find(UUID.fromString(id)).orElseThrow(() -> notFound(id));
        } catch (IllegalArgumentException e) {
            throw notFound(id);
        }
    }

    private static Problem notFound(String id) {
        return Problem.of(ProblemCode.FLEET_ENDPOINT_NOT_FOUND, "No endpoint has the id " + id + ".");
    }
}

package io.cordon.server.policy;

import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.PolicyName;
import io.cordon.server.access.CommandGate;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import io.cordon.server.platform.Problem;
import io.cordon.server.platform.ProblemCode;
import io.cordon.server.trust.SignedRepository;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Policy documents: drafts, revisions, publishing. */
@Path("/admin/v1/policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "policies")
public class PoliciesResource {
    private final PolicyStore store;
    private final SignedRepository repository;
    private final CommandGate gate;
    private final InstantSource clock;

    PoliciesResource(PolicyStore store, SignedRepository repository, CommandGate gate, InstantSource clock) {
        this.store = store;
        this.repository = repository;
        this.gate = gate;
        this.clock = clock;
    }

    @GET
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "listPolicies", summary = "Documents by name")
    public Page<PolicyViews.Summary> list(
            @QueryParam("kind") PolicyViews.@Nullable Kind kind, @BeanParam PageRequest page) {
        Cursor after = page.cursor(1);
        List<PolicyEntry> rows = store.list(
                kind == null ? null : kind.kind(),
                after == null ? null : Drafts.name(after.parts().get(0)),
                page.limit() + 1);
        return Page.of(rows, page.limit(), last -> Cursor.of(last.name().value()))
                .map(PolicyViews.Summary::of);
    }

    @POST
    @ResponseStatus(201)
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "createPolicy", summary = "Begin a document as a draft; its text names it")
    @APIResponse(responseCode = "201", description = "the draft")
    @APIResponse(responseCode = "409", description = "policy.exists")
    @APIResponse(responseCode = "422", description = "policy.document-invalid; errors are DocumentError")
    public PolicyViews.Detail create(@NotNull @Valid PolicyRequests.Create request) {
        Draft draft = gate.run(new CreatePolicy(store, clock.instant(), request.source(), request.reason()));
        return detail(draft.name());
    }

    @GET
    @Path("/{name}")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getPolicy", summary = "A document with its draft and its revisions")
    @APIResponse(responseCode = "200", description = "the document")
    @APIResponse(responseCode = "404", description = "policy.not-found")
    public PolicyViews.Detail get(@PathParam("name") String name) {
        return detail(Drafts.name(name));
    }

    @GET
    @Path("/{name}/revisions/{revision}")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "getPolicyRevision", summary = "A revision with its text")
    @APIResponse(responseCode = "200", description = "the revision")
    @APIResponse(responseCode = "404", description = "policy.not-found")
    public PolicyViews.Revision revision(@PathParam("name") String name, @PathParam("revision") int revision) {
        return store.revision(Drafts.name(name), revision)
                .map(PolicyViews.Revision::of)
                .orElseThrow(() -> Drafts.notFound(name + " revision " + revision));
    }

    @PUT
    @Path("/{name}/draft")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "saveDraft", summary = "Save the draft")
    @APIResponse(responseCode = "200", description = "the draft as saved")
    @APIResponse(responseCode = "404", description = "policy.not-found")
    @APIResponse(
            responseCode = "409",
            description = "policy.revision-conflict; errors hold the draft as it is now (PolicyDraft), if there is one")
    @APIResponse(responseCode = "422", description = "policy.document-invalid; errors are DocumentError")
    public PolicyViews.DraftView save(@PathParam("name") String name, @NotNull @Valid PolicyRequests.Save request) {
        Integer expected = request.expectedRevision();
        Draft draft = gate.run(new SaveDraft(
                store,
                clock.instant(),
                Drafts.name(name),
                request.source(),
                expected == null ? 0 : expected,
                request.reason()));
        return PolicyViews.DraftView.of(draft);
    }

    @DELETE
    @Path("/{name}/draft")
    @Requires(Permission.POLICY_WRITE)
    @Operation(operationId = "discardDraft", summary = "Throw the draft away")
    @APIResponse(responseCode = "204", description = "done")
    @APIResponse(responseCode = "409", description = "policy.no-draft or policy.revision-conflict")
    public void discard(
            @PathParam("name") String name,
            @QueryParam("expectedRevision") @Nullable Integer expectedRevision,
            @QueryParam("reason") @DefaultValue("The draft is no longer wanted.") String reason) {
        gate.run(new DiscardDraft(store, Drafts.name(name), Optional.ofNullable(expectedRevision), reason));
    }

    @POST
    @Path("/{name}/publish")
    @Requires(Permission.POLICY_PUBLISH)
    @Operation(operationId = "publishPolicy", summary = "Make the draft the newest revision and sign it")
    @APIResponse(responseCode = "200", description = "what was published")
    @APIResponse(responseCode = "409", description = "policy.no-draft or policy.revision-conflict")
    @APIResponse(responseCode = "422", description = "policy.reference-broken; errors are DocumentError")
    public PolicyViews.Publication publish(
            @PathParam("name") String name, @NotNull @Valid PolicyRequests.Publish request) {
        PublishPolicy.Published published = gate.run(new PublishPolicy(
                store, repository, clock.instant(), Drafts.name(name), request.expectedRevision(), request.reason()));
        return new PolicyViews.Publication(published.revision(), published.targetsVersion());
    }

    @POST
    @Path("/validate")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "validatePolicy", summary = "Every problem of a text, without saving it")
    public PolicyViews.Validation validate(@NotNull @Valid PolicyRequests.Validate request) {
        ReadResult result = SourceReader.read(request.source());
        if (result instanceof ReadResult.Accepted accepted) {
            return new PolicyViews.Validation(
                    true,
                    PolicyViews.Kind.of(accepted.document().kind()),
                    accepted.document().metadata().name().value(),
                    List.of());
        }
        return new PolicyViews.Validation(
                false,
                null,
                null,
                ((ReadResult.Refused) result)
                        .problems().stream().map(PolicyViews.DocumentError::of).toList());
    }

    @POST
    @Path("/evaluate")
    @Requires(Permission.POLICY_READ)
    @Operation(operationId = "evaluatePolicy", summary = "What a policy would decide")
    @APIResponse(responseCode = "200", description = "the decision")
    @APIResponse(responseCode = "404", description = "policy.not-found")
    @APIResponse(responseCode = "422", description = "policy.document-invalid; errors are DocumentError")
    public PolicyEvaluation.Result evaluate(@NotNull @Valid PolicyRequests.Evaluate request) {
        return PolicyEvaluation.evaluate(source(request), request, clock.instant());
    }

    /** The text given, or of the policy named: what is published, or its draft before that. */
    private String source(PolicyRequests.Evaluate request) {
        String source = request.source();
        String name = request.name();
        if ((source == null) == (name == null)) {
            throw Problem.of(ProblemCode.PLATFORM_INVALID, "source, name: (expected: exactly one of them)");
        }
        if (source != null) {
            return source;
        }
        PolicyEntry entry = Drafts.require(store, Drafts.name(String.valueOf(name)));
        PublishedRevision current = entry.current();
        Draft draft = entry.draft();
        if (current != null) {
            return current.source();
        }
        return draft == null ? "" : draft.source();
    }

    private PolicyViews.Detail detail(PolicyName name) {
        return PolicyViews.Detail.of(Drafts.require(store, name), store.revisions(name));
    }
}

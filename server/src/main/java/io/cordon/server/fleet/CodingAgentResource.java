package io.cordon.server.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cordon.server.access.Permission;
import io.cordon.server.access.Requires;
import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The coding agents of the fleet: user by machine by agent, as the endpoints report them. */
@Path("/admin/v1/coding-agents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "fleet")
public class CodingAgentResource {
    private static final int MOST_COUNTS = 200;

    private final InventoryStore inventories;

    CodingAgentResource(InventoryStore inventories) {
        this.inventories = inventories;
    }

    /**
     * A coding agent of a user on a machine.
     *
     * @param user empty for an installation that is there for everybody and that nobody is known to use
     * @param path empty when only its use is known
     * @param refusal why policy does not let it run: denied, unlisted, too-old or version-unknown; empty when it does
     */
    @Schema(name = "CodingAgent")
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record AgentView(
            @NotNull UUID endpointId,
            @NotNull String hostname,
            @NotNull int number,
            @NotNull String user,
            @NotNull String agent,
            @NotNull String title,
            @NotNull Standing standing,
            @NotNull String version,
            @NotNull String source,
            @NotNull String path,
            @NotNull String refusal,
            @Nullable Instant lastUsed,
            @NotNull int running) {

        static AgentView of(InventoryStore.Row row) {
            AgentSighting each = row.sighting();
            return new AgentView(
                    row.endpointId(),
                    row.hostname(),
                    row.number(),
                    each.user(),
                    each.agent(),
                    each.title(),
                    each.standing(),
                    each.version(),
                    each.source(),
                    each.path(),
                    each.refusal(),
                    each.lastUsed(),
                    each.running());
        }
    }

    /** How many machines and users have an agent in one version. */
    @Schema(name = "CodingAgentCount")
    public record AgentCount(
            @NotNull String agent,
            @NotNull String title,
            @NotNull Standing standing,
            @NotNull String version,
            @NotNull String refusal,
            @NotNull long endpoints,
            @NotNull long users) {

        static AgentCount of(InventoryStore.Count count) {
            return new AgentCount(
                    count.agent(),
                    count.title(),
                    count.standing(),
                    count.version(),
                    count.refusal(),
                    count.endpoints(),
                    count.users());
        }
    }

    @GET
    @Requires(Permission.FLEET_READ)
    @Operation(operationId = "listCodingAgents", summary = "Coding agents by user, host name and agent")
    public Page<AgentView> list(@BeanParam AgentFilter filter, @BeanParam PageRequest page) {
        int limit = page.limit();
        List<InventoryStore.Row> rows = inventories.agents(filter.query(page.cursor(4), limit + 1));
        return Page.of(
                        rows,
                        limit,
                        last -> Cursor.of(last.sighting().user(), last.hostname(), last.endpointId(), last.number()))
                .map(AgentView::of);
    }

    @GET
    @Path("/counts")
    @Requires(Permission.FLEET_READ)
    @Operation(
            operationId = "countCodingAgents",
            summary = "Machines and users by agent, version and standing, the most frequent 200")
    public List<AgentCount> counts(@BeanParam AgentFilter filter) {
        return inventories.counts(filter.query(null, MOST_COUNTS)).stream()
                .map(AgentCount::of)
                .toList();
    }
}

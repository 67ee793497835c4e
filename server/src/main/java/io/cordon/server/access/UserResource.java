package io.cordon.server.access;

import io.cordon.server.platform.Cursor;
import io.cordon.server.platform.Page;
import io.cordon.server.platform.PageRequest;
import io.quarkus.panache.common.Sort;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Local users. People who come through the identity provider are not here: their roles are the provider's to give. */
@Path("/admin/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "users")
public class UserResource {

    private final Users users;
    private final Sessions sessions;
    private final CommandGate gate;
    private final InstantSource clock;

    UserResource(Users users, Sessions sessions, CommandGate gate, InstantSource clock) {
        this.users = users;
        this.sessions = sessions;
        this.gate = gate;
        this.clock = clock;
    }

    /** A user that is wanted. */
    public record NewUser(
            @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9._@-]{0,99}")
            String name,

            @NotBlank @Size(max = 200) String displayName,
            @NotEmpty Set<Role> roles,
            @NotNull @Size(min = 12, max = 1000) String password,
            @NotBlank @Size(max = 1000) String reason) {

        /** Without the password. */
        @Override
        public String toString() {
            return "NewUser[" + name + "]";
        }
    }

    /** What is to change; absent leaves it as it is. */
    public record UserChange(
            @Nullable @Size(min = 1) Set<Role> roles,
            @Nullable Boolean disabled,
            @Nullable @Size(min = 12, max = 1000) String password,
            @NotBlank @Size(max = 1000) String reason) {

        /** Without the password. */
        @Override
        public String toString() {
            return "UserChange[" + roles + ", " + disabled + "]";
        }
    }

    /** A local user. */
    public record UserView(
            @NotNull String name,
            @NotNull String displayName,
            @NotNull List<Role> roles,
            @NotNull boolean disabled,
            @NotNull Instant createdAt) {

        static UserView of(UserEntity user) {
            return new UserView(
                    user.name,
                    user.displayName,
                    Sessions.roles(user.roles).stream().sorted().toList(),
                    user.disabled,
                    user.createdAt);
        }
    }

    /** By name. */
    @GET
    @Requires(Permission.ACCESS_MANAGE)
    @Operation(operationId = "listUsers")
    @Transactional
    public Page<UserView> list(@BeanParam PageRequest page) {
        Cursor cursor = page.cursor(1);
        int limit = page.limit();
        List<UserEntity> rows = users.find("name > ?1", Sort.by("name"), cursor == null ? "" : cursor.text(0))
                .range(0, limit)
                .list();
        return Page.of(rows, limit, last -> Cursor.of(last.name)).map(UserView::of);
    }

    @POST
    @Requires(Permission.ACCESS_MANAGE)
    @ResponseStatus(201)
    @Operation(operationId = "createUser")
    public UserView create(@Valid @NotNull NewUser wanted) {
        return UserView.of(gate.run(new CreateUser(
                users,
                wanted.name(),
                wanted.displayName(),
                wanted.roles(),
                wanted.password(),
                clock.instant(),
                wanted.reason())));
    }

    @PUT
    @Path("/{name}")
    @Requires(Permission.ACCESS_MANAGE)
    @Operation(operationId = "changeUser")
    public UserView change(@PathParam("name") String name, @Valid @NotNull UserChange change) {
        return UserView.of(gate.run(new ChangeUser(
                users,
                sessions,
                name,
                change.roles(),
                change.disabled(),
                change.password(),
                clock.instant(),
                change.reason())));
    }
}

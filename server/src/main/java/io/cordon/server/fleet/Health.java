package io.cordon.server.fleet;

import jakarta.validation.constraints.NotNull;
import java.util.List;

/** How an endpoint says its parts are. */
public record Health(@NotNull boolean healthy, @NotNull List<Component> components) {

    /** @param status what is wrong, or the state in a word */
    public record Component(
            @NotNull String name,
            @NotNull boolean healthy,
            @NotNull String status) {}

    public Health {
        components = List.copyOf(components);
    }
}

package io.cordon.server.telemetry;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a row came from.
 *
 * @param endpointId from the device certificate that uploaded it
 * @param hostname what the resource calls the host
 * @param service what the resource calls the program, for example {@code codex_exec}
 * @param attested true for what the endpoint's service saw itself; false for what a program says of itself
 */
public record Origin(
        UUID endpointId,
        @Nullable String hostname,
        @Nullable String service,
        boolean attested) {

    /** The same, as what a program says of itself. */
    Origin selfReported() {
        return new Origin(endpointId, hostname, service, false);
    }
}

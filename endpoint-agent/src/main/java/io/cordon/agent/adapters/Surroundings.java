package io.cordon.agent.adapters;

import org.jspecify.annotations.Nullable;

/**
 * The machine as far as managed settings speak of it.
 *
 * @param os linux or windows
 * @param cordon absolute path of the native {@code cordon}
 * @param otlpHttp address of the telemetry gateway's HTTP receiver, such as {@code http://127.0.0.1:4318}; null when policy takes
 *     no telemetry or the gateway does not listen
 * @param otlpGrpc address of its gRPC receiver, or null
 */
public record Surroundings(
        String os,
        String cordon,
        @Nullable String otlpHttp,
        @Nullable String otlpGrpc) {

    public boolean windows() {
        return os.equals("windows");
    }
}

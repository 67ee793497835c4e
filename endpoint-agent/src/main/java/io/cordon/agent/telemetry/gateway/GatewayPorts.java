package io.cordon.agent.telemetry.gateway;

/**
 * Where the gateway listens, on 127.0.0.1 only.
 *
 * @param http for OTLP over HTTP; 0 for any free port
 * @param grpc for OTLP over gRPC; 0 for any free port
 */
public record GatewayPorts(int http, int grpc) {
    /** OTLP's own: what an exporter takes that is told nothing (O2). */
    public static final GatewayPorts DEFAULT = new GatewayPorts(4318, 4317);

    public GatewayPorts {
        if (http < 0 || http > 65_535 || grpc < 0 || grpc > 65_535 || (http == grpc && http != 0)) {
            throw new IllegalArgumentException(
                    "ports: " + http + ", " + grpc + " (expected: two different ones, 0 to 65535)");
        }
    }
}

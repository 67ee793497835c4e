package io.cordon.agent.telemetry.gateway.otlp;

/**
 * What receiving may cost. OTLP recommends bodies of up to 64 MiB (O9); a service that is to stay below 80 MB takes less, and
 * what coding agents send stays far below this.
 *
 * @param bodyBytes of an HTTP request, as sent
 * @param decompressedBytes of an HTTP request
 * @param inFlightBytes of memory that all requests of one kind take at once, as {@link ExportWeight} reckons it, and so also what a
 *     single one may take; at least twice {@code decompressedBytes} and {@code messageBytes}, which are held while they arrive
 * @param messageBytes of a gRPC message, as sent and decompressed
 * @param connections open at once, of each kind
 * @param workers threads of each kind
 */
public record ReceiverLimits(
        int bodyBytes, int decompressedBytes, int inFlightBytes, int messageBytes, int connections, int workers) {
    public static final ReceiverLimits DEFAULT = new ReceiverLimits(4 << 20, 4 << 20, 24 << 20, 3 << 20, 12, 2);

    public ReceiverLimits {
        if (bodyBytes < 1 || decompressedBytes < 1 || messageBytes < 1 || connections < 1 || workers < 1) {
            throw new IllegalArgumentException("receiver limits (expected: all at least 1)");
        }
        long arriving = 2L * Math.max(decompressedBytes, messageBytes);
        if (inFlightBytes < arriving) {
            throw new IllegalArgumentException("inFlightBytes: " + inFlightBytes + " (expected: >= " + arriving + ")");
        }
    }
}

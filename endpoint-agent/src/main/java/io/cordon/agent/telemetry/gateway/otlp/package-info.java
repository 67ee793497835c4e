/**
 * Receives OTLP on loopback, over HTTP and gRPC, within limits that hold before anything is believed: bytes as sent and
 * decompressed, connections, calls at once, memory in flight. An export is acknowledged only when whoever takes it has it
 * durably. Knows nothing of what is inside.
 */
@NullMarked
package io.cordon.agent.telemetry.gateway.otlp;

import org.jspecify.annotations.NullMarked;

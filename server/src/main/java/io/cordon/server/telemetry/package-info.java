/**
 * Telemetry: OTLP/HTTP in, durable rows out. A request is decoded once, split into searchable metadata and content, written
 * in one transaction and acknowledged only after its commit. The endpoint a row belongs to comes from the device
 * certificate, never from the payload; {@code attested} is honoured only for what the endpoint's own service sent as such.
 */
@NullMarked
package io.cordon.server.telemetry;

import org.jspecify.annotations.NullMarked;

package io.cordon.server.telemetry;

/**
 * A request as it will be stored.
 *
 * @param rejected rows that cannot be stored and were left out
 * @param why of the first rejected one, in English; empty when none was
 */
record Decoded(TelemetryBatch batch, long rejected, String why) {}

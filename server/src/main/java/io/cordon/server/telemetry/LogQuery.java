package io.cordon.server.telemetry;

import java.time.Instant;
import java.util.UUID;

/**
 * Which log records.
 *
 * @param sessionKey of the session that they belong to
 * @param from inclusive
 * @param to exclusive
 */
public record LogQuery(UUID sessionKey, Instant from, Instant to, int limit) {}

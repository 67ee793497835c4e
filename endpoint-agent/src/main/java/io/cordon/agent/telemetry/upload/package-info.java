/**
 * Carries spooled records to the server: oldest first, acknowledged in the spool only when the server has them durably, never
 * blocked by a record that the server will not take, and never lost because the server is away.
 */
@NullMarked
package io.cordon.agent.telemetry.upload;

import org.jspecify.annotations.NullMarked;

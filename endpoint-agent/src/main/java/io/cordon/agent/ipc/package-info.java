/**
 * The wire between the agent and its native spawner: frames of a four byte little-endian length and UTF-8 JSON, at most one
 * MiB, and the messages in them. Reading is total: whatever arrives becomes a message or a {@link
 * io.cordon.agent.ipc.ProtocolException}, never a half-understood request.
 */
@NullMarked
package io.cordon.agent.ipc;

import org.jspecify.annotations.NullMarked;

/**
 * What coding agents report, in one vocabulary. A normaliser for each vendor says which of its records are events and which are
 * only noise, and names what they hold by the GenAI conventions where those have a name; what has none keeps its own under
 * {@code cordon.original}. Everything here is the agent's own word.
 */
@NullMarked
package io.cordon.agent.telemetry.gateway.event;

import org.jspecify.annotations.NullMarked;

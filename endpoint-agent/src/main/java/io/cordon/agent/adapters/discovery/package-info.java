/**
 * Which coding agents and MCP servers are on this machine, which versions, where from, and who uses them; and whether policy lets a
 * coding agent run. Everything is told from files and the process table: nothing that belongs to a user is ever executed. What users
 * own is read as they could read it themselves, so that a link of theirs shows nothing of others.
 */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.discovery;

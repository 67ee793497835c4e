/**
 * Copilot CLI, as version 1.0.102 reads the managed settings and the policy hooks of a machine (the JSON Schema {@code
 * managed-settings/v0} within its runtime, GitHub's hooks reference, and what the CLI did, November 2026). One value that it does
 * not accept makes it refuse the whole document and lock itself down, so that only what is known to be accepted is written.
 */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.copilot;

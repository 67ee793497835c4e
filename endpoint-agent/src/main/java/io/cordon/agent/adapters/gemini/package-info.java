/**
 * Gemini CLI, as version 0.61.0 reads its system settings and its administrator's policies (its bundle and {@code
 * docs/reference/policy-engine.md}, November 2026). The settings speak of modes, MCP servers, hooks and telemetry; a policy file
 * beside them holds the rules, because an administrator's rules go before the user's and no flag takes them away.
 */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.gemini;

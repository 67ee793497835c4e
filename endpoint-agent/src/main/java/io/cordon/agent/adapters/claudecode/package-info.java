/** Claude Code, as of 2.1.332: managed-settings.json, hooks. Source: code.claude.com/docs. */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.claudecode;

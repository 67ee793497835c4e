/** Codex, as of 0.169: requirements.toml, execution policy rules, hooks. Sources: developers.openai.com/codex and openai/codex. */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.codex;

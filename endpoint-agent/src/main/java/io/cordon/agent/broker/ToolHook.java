package io.cordon.agent.broker;

import io.cordon.agent.adapters.hook.HookAnswer;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.adapters.hook.HookEvent;
import io.cordon.policy.model.Mode;
import io.cordon.policy.resolve.ResolvedPolicy;

/** Rules on every tool but those that run commands: files, addresses, MCP servers. They run as the agent runs them, or not at all. */
final class ToolHook {
    private ToolHook() {}

    static HookRuling rule(HookCall call, ResolvedPolicy policy, Verdict verdict) {
        if (policy.mode() != Mode.ENFORCE) {
            return HookRuling.none(verdict);
        }
        boolean before = call.event() == HookEvent.BEFORE_TOOL;
        return switch (verdict.decision()) {
            // Codex and Claude Code would ask for every tool of a server, and where nobody is asked, refuse it.
            case ALLOW ->
                !before && verdict.rule().equals(HookRules.PINNED_MCP)
                        ? new HookRuling(new HookAnswer.Allow(verdict.reason(), null), verdict, "allow", false)
                        : HookRuling.none(verdict);
            case PROMPT ->
                before
                        ? new HookRuling(new HookAnswer.Ask(verdict.reason(), null), verdict, "ask", false)
                        : HookRuling.none(verdict);
            // In a request for approval, tools are described in other ways; what matters was read before.
            case DENY ->
                before || !verdict.rule().equals(HookRules.UNREADABLE)
                        ? HookRuling.deny(verdict, verdict.refusal(policy))
                        : HookRuling.none(verdict);
        };
    }
}

package io.cordon.agent.broker;

import io.cordon.agent.adapters.discovery.AgentGate;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.os.FileAccess;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;

/** Whether a tool call may be made: what the policy says of it, and whether the agent that makes it may run. */
final class HookJudge {
    /** Stands for the workspace where there is none; no path is in it. */
    private static final String NO_WORKSPACE = "/proc/cordon-no-workspace";

    private final FileAccess files;
    private final AgentGate agents;
    private final String os;

    /** @param os linux or windows */
    HookJudge(FileAccess files, AgentGate agents, String os) {
        this.files = files;
        this.agents = agents;
        this.os = os;
    }

    Verdict judge(ResolvedPolicy policy, LocalRequest request, Principal principal, HookCall call) {
        Verdict verdict = new HookRules(policy, call, paths(request, principal, call)).decide();
        if (verdict.decision() == Decision.DENY) {
            return verdict;
        }
        return agents.caller(policy.agents(), call.agent(), request.caller().pid())
                .map(refusal -> new Verdict(Decision.DENY, refusal.rule(), refusal.reason()))
                .orElse(verdict);
    }

    private PathContext paths(LocalRequest request, Principal principal, HookCall call) {
        String workspace = files.workspace(principal, request.cwd());
        return new PathContext(
                os,
                principal.home(),
                workspace == null ? NO_WORKSPACE : workspace,
                files.temporaryDirectory(principal),
                call.cwd().isEmpty() ? request.cwd() : call.cwd());
    }
}

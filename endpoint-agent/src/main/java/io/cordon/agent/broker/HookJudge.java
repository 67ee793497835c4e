package io.cordon.agent.broker;

import io.cordon.agent.adapters.discovery.AgentGate;
import io.cordon.agent.adapters.hook.HookCall;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.policy.evaluate.PathContext;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;

/** Whether a tool call may be made: what the policy says of it, and whether the agent that makes it may run. */
final class HookJudge {
    private final AgentGate agents;
    private final CallerPaths paths;

    HookJudge(AgentGate agents, CallerPaths paths) {
        this.agents = agents;
        this.paths = paths;
    }

    Verdict judge(ResolvedPolicy policy, LocalRequest request, Principal principal, HookCall call) {
        PathContext context = paths.from(request, principal, call.cwd().isEmpty() ? request.cwd() : call.cwd());
        Verdict verdict = new HookRules(policy, call, context).decide();
        if (verdict.decision() == Decision.DENY) {
            return verdict;
        }
        return agents.caller(policy.agents(), call.agent(), request.caller().pid())
                .map(refusal -> new Verdict(Decision.DENY, refusal.rule(), refusal.reason()))
                .orElse(verdict);
    }
}

package io.cordon.agent.broker;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.discovery.AgentGate;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.Principal;
import io.cordon.policy.evaluate.CommandDecision;
import io.cordon.policy.evaluate.Evaluator;
import io.cordon.policy.model.Decision;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a command may run: the rules, the coding agents that may be used, and what the developer was asked. */
final class RunJudge {
    /** They take managed settings from root alone. */
    private static final Set<CodingAgent> ROOTS = Set.of(CodingAgent.GEMINI, CodingAgent.COPILOT);

    private final AgentGate agents;
    private final Approver approver;

    RunJudge(AgentGate agents, Approver approver) {
        this.agents = agents;
        this.approver = approver;
    }

    Verdict judge(ResolvedPolicy policy, LocalRequest request, Principal principal) {
        return approved(request, principal, byPolicy(policy, request));
    }

    /** What the rules say of the command, unless it starts a coding agent that may not run. */
    private Verdict byPolicy(ResolvedPolicy policy, LocalRequest request) {
        CommandDecision decision = Evaluator.command(policy, request.argv());
        if (decision.decision() == Decision.DENY) {
            return Verdict.of(decision);
        }
        return agents.command(policy.agents(), commands(request, decision), request.cwd(), request.env())
                .map(refusal -> new Verdict(Decision.DENY, refusal.rule(), refusal.reason()))
                .orElseGet(() -> Verdict.of(decision));
    }

    private static List<List<String>> commands(LocalRequest request, CommandDecision decision) {
        return Stream.concat(
                        Stream.of(request.argv()), decision.parts().stream().map(CommandDecision.Part::argv))
                .toList();
    }

    /** Whether the command starts a coding agent whose settings are managed and that takes them from root alone. */
    boolean needsRootsSettings(ResolvedPolicy policy, LocalRequest request) {
        Set<CodingAgent> managed = ROOTS.stream()
                .filter(agent -> policy.agents().rules(agent.policyKey()).isPresent())
                .collect(Collectors.toSet());
        if (managed.isEmpty()) {
            return false;
        }
        List<List<String>> commands = commands(request, Evaluator.command(policy, request.argv()));
        return agents.starts(managed, commands, request.cwd(), request.env());
    }

    /** The verdict once the developer was asked, where it takes that. A denial stays one. */
    private Verdict approved(LocalRequest request, Principal principal, Verdict verdict) {
        boolean asked = request.flag("asked");
        if (verdict.decision() == Decision.DENY || (verdict.decision() == Decision.ALLOW && !asked)) {
            return verdict;
        }
        if (approver.approved(request, principal)) {
            return new Verdict(
                    Decision.ALLOW, verdict.rule(), "Approved in the coding agent, as it says. " + verdict.reason());
        }
        return new Verdict(Decision.PROMPT, verdict.rule(), verdict.reason());
    }
}

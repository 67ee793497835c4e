package io.cordon.agent.adapters;

import io.cordon.policy.model.Agents.AgentRules;
import io.cordon.policy.resolve.ResolvedPolicy;
import java.util.List;

/** Puts a policy into the managed settings of one coding agent. Pure: the same policy and surroundings give the same bytes. */
public interface SettingsRenderer {

    CodingAgent agent();

    /**
     * What the policy says of this agent.
     *
     * @throws IllegalArgumentException when it does not name it
     */
    default AgentRules rulesIn(ResolvedPolicy policy) {
        return policy.agents()
                .rules(agent().policyKey())
                .orElseThrow(() -> new IllegalArgumentException(
                        "agents: no " + agent().policyKey() + " (expected: a policy that names it)"));
    }

    /** @param policy one that names the agent in its {@code agents} */
    Rendered render(ResolvedPolicy policy, Surroundings surroundings);

    /**
     * What is to stand on the machine.
     *
     * @param files in the order in which they are to be written
     * @param limits what the policy asks and this agent cannot be told, one sentence each; never empty of what was left out
     */
    record Rendered(List<File> files, List<String> limits) {
        public Rendered {
            files = List.copyOf(files);
            limits = List.copyOf(limits);
        }
    }

    /**
     * One managed file, owned by the system, readable by everybody, writable by nobody else.
     *
     * @param path absolute, at the place that the vendor documents for this operating system
     */
    record File(String path, String content) {}
}

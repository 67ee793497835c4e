package io.cordon.agent.adapters.discovery;

import io.cordon.policy.model.AgentVersion;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import java.util.Optional;

/** What a policy's {@code agents} says of one coding agent in one version (SPEC 2.9). */
final class AgentRules {
    private AgentRules() {}

    /** How an agent stands with the policy, its version aside. */
    enum Standing {
        /** Policy names it and manages its settings. */
        MANAGED,
        /** One of those that policies can name, and this one does not. */
        UNMANAGED,
        /** Any other coding agent. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Why an agent may not run. */
    enum Refusal {
        DENIED("denied"),
        UNLISTED("unlisted"),
        TOO_OLD("too-old"),
        VERSION_UNKNOWN("version-unknown");

        private final String word;

        Refusal(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Standing standing(Agents rules, KnownAgent agent) {
        if (agent.coding().isEmpty()) {
            return Standing.UNKNOWN;
        }
        return rules.rules(agent.policyKey()).isPresent() ? Standing.MANAGED : Standing.UNMANAGED;
    }

    /** Whether any agent may be refused at all; if not, nobody needs to know which one runs. */
    static boolean restrict(Agents rules) {
        return rules.unlisted() == Decision.DENY
                || rules.byAgent().values().stream()
                        .anyMatch(each ->
                                each.use() == Decision.DENY || each.minVersion().isPresent());
    }

    /** @param version as it was told; empty when it was not */
    static Optional<Refusal> refusal(Agents rules, KnownAgent agent, String version) {
        Optional<Agents.AgentRules> own = rules.rules(agent.policyKey());
        if (rules.use(agent.policyKey()) == Decision.DENY) {
            return Optional.of(own.isPresent() ? Refusal.DENIED : Refusal.UNLISTED);
        }
        Optional<AgentVersion> least =
                own.flatMap(Agents.AgentRules::minVersion).map(AgentVersion::lowest);
        if (least.isEmpty()) {
            return Optional.empty();
        }
        Optional<AgentVersion> is = AgentVersion.of(version);
        if (is.isEmpty()) {
            return Optional.of(Refusal.VERSION_UNKNOWN);
        }
        return is.get().compareTo(least.get()) < 0 ? Optional.of(Refusal.TOO_OLD) : Optional.empty();
    }

    /** The refusal in one sentence. */
    static String sentence(Agents rules, KnownAgent agent, String version, Refusal refusal) {
        String least = rules.rules(agent.policyKey())
                .flatMap(Agents.AgentRules::minVersion)
                .orElse("");
        return switch (refusal) {
            case DENIED -> agent.title() + " may not be used here";
            case UNLISTED -> agent.title() + " is a coding agent that the policy does not list";
            case TOO_OLD -> agent.title() + " " + version + " is too old; " + least + " or newer may be used";
            case VERSION_UNKNOWN ->
                "the version of this " + agent.title() + " cannot be told, and only " + least + " or newer may be used";
        };
    }
}

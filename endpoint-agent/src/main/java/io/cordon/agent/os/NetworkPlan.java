package io.cordon.agent.os;

import java.util.List;

/** The answer of {@link NetworkFence}: the network a confined process gets, or why nothing may run here. */
public sealed interface NetworkPlan {
    /** What a run may reach. */
    enum Reach {
        /** Nothing but its own loopback and the named ports of the host's. */
        OFFLINE,
        /** Only the egress proxy. */
        PROXY,
        /** Everything the host reaches. */
        ONLINE
    }

    /**
     * @param loopbackPorts TCP ports of the host's loopback that it can reach all the same, ascending, unique
     * @param notices where this is narrower than the policy asks for, or than can be enforced here, one line each
     */
    record Granted(Reach reach, List<Integer> loopbackPorts, List<String> notices) implements NetworkPlan {
        public Granted {
            loopbackPorts = List.copyOf(loopbackPorts);
            notices = List.copyOf(notices);
        }

        public static Granted online() {
            return new Granted(Reach.ONLINE, List.of(), List.of());
        }

        public static Granted offline() {
            return new Granted(Reach.OFFLINE, List.of(), List.of());
        }

        /** Whether names are resolved by the host's own resolver. */
        public boolean isOnline() {
            return reach == Reach.ONLINE;
        }
    }

    /**
     * The network part of the policy cannot be enforced here, so nothing that needs it may run.
     *
     * @param reason one line with what was found and what to do
     */
    record Refused(String rule, String reason) implements NetworkPlan {}
}

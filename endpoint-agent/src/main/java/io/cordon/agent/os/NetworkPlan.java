package io.cordon.agent.os;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of {@link NetworkFence}: the network a confined process gets, or why nothing may run here. */
public sealed interface NetworkPlan {
    /** What a run may reach. */
    enum Reach {
        /** Nothing but its own loopback and the named ports of the host's. */
        OFFLINE,
        /** Nothing but its own loopback, the egress proxy, and the named ports of the host's. */
        PROXY,
        /** Everything the host reaches. */
        ONLINE
    }

    /**
     * @param loopbackPorts TCP ports of the host's loopback that it can reach all the same, ascending, unique
     * @param notices where this is narrower than the policy asks for, or than can be enforced here, one line each
     * @param hello what announces its connections to the egress proxy; null where nothing carries them there
     */
    record Granted(
            Reach reach,
            List<Integer> loopbackPorts,
            List<String> notices,
            @Nullable Hello hello) implements NetworkPlan {
        public Granted {
            loopbackPorts = List.copyOf(loopbackPorts);
            notices = List.copyOf(notices);
        }

        public Granted(Reach reach, List<Integer> loopbackPorts, List<String> notices) {
            this(reach, loopbackPorts, notices, null);
        }

        /** The same, with its connections to a port announced. */
        public Granted announced(Hello by) {
            return new Granted(reach, loopbackPorts, notices, by);
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
     * What whoever carries the connections of a run says first on each, from outside: so the other end knows whose they are.
     *
     * @param port of the host's loopback
     * @param text at most 256 bytes; a secret
     */
    record Hello(int port, String text) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "announced at " + port;
        }
    }

    /**
     * The network part of the policy cannot be enforced here, so nothing that needs it may run.
     *
     * @param reason one line with what was found and what to do
     */
    record Refused(String rule, String reason) implements NetworkPlan {}
}

package io.cordon.agent.os.windows.fence;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Listeners of the agent's own for the probe to try its way to. */
public interface Canary extends Closeable {
    /** Where it sits: an address of this machine with a TCP and a UDP port. */
    record Perch(IpAddress address, int tcpPort, int udpPort) {}

    /** Those that the agent itself reaches; at others, nothing would be proven by not getting there. */
    List<Perch> perches();

    /** What arrived after the mark and a space, at any of them. */
    Set<String> heard();

    /** Opens canaries. */
    interface Source {
        /**
         * @param mark at the head of what the probe sends
         * @param avoid TCP ports that policy opens
         */
        Canary open(String mark, Set<Integer> avoid) throws IOException;
    }
}

package io.cordon.agent.os.windows.fence;

/** An address and TCP port of this machine's loopback: the egress proxy's, or one that the policy opens. */
public record Endpoint(IpAddress address, int port) {
    public Endpoint {
        if (!address.isLoopback()) {
            throw new IllegalArgumentException("endpoint: " + address + " (expected: a loopback address)");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("endpoint: port " + port + " (expected: 1..65535)");
        }
    }
}

package io.cordon.policy.model;

/** TCP port numbers. */
final class Ports {

    private Ports() {}

    static Integer checked(Integer port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
        return port;
    }
}

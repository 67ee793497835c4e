package io.cordon.agent.os.windows.fence;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** What the probe is to try under a goal, with a canary to try it on. */
record ProbePlan(List<Attempt> attempts) {
    private static final int DNS = 53;
    static final int SMB = 445;

    ProbePlan {
        attempts = List.copyOf(attempts);
    }

    static ProbePlan of(FenceGoal goal, List<Canary.Perch> perches) {
        LinkedHashSet<Attempt> attempts = new LinkedHashSet<>();
        for (Canary.Perch perch : perches) {
            attempts.addAll(blocked(perch.address(), perch));
            if (!perch.address().v6()) {
                attempts.addAll(blocked(perch.address().mapped(), perch));
            }
        }
        attempts.add(blocked(Attempt.Kind.LISTEN, IpAddress.LOOPBACK_V4, 0));
        attempts.add(blocked(Attempt.Kind.LISTEN, IpAddress.LOOPBACK_V6, 0));
        // The farthest that is there: what leaves the machine matters most.
        perches.stream()
                .reduce((first, second) -> first.address().isLoopback() ? second : first)
                .ifPresent(perch -> {
                    for (Attempt.Kind kind : Attempt.Kind.values()) {
                        if (kind.shedsAccount()) {
                            attempts.add(blocked(kind, perch.address(), perch.tcpPort()));
                        }
                    }
                    attempts.add(new Attempt(Attempt.Kind.ECHO, perch.address(), 0, Attempt.Expectation.KNOWN));
                });
        for (Endpoint endpoint : goal.permitted()) {
            IpAddress address = endpoint.address();
            attempts.removeIf(attempt -> attempt.kind() == Attempt.Kind.TCP
                    && attempt.port() == endpoint.port()
                    && (attempt.address().equals(address)
                            || !address.v6() && attempt.address().equals(address.mapped())));
        }
        for (Endpoint endpoint : goal.permitted()) {
            attempts.add(passes(endpoint.address(), endpoint.port()));
        }
        return new ProbePlan(new ArrayList<>(attempts));
    }

    private static List<Attempt> blocked(IpAddress address, Canary.Perch perch) {
        return List.of(
                blocked(Attempt.Kind.TCP, address, perch.tcpPort()),
                blocked(Attempt.Kind.UDP, address, perch.udpPort()),
                blocked(Attempt.Kind.UDP, address, DNS),
                blocked(Attempt.Kind.TCP, address, SMB));
    }

    private static Attempt blocked(Attempt.Kind kind, IpAddress address, int port) {
        return new Attempt(kind, address, port, Attempt.Expectation.BLOCKED);
    }

    private static Attempt passes(IpAddress address, int port) {
        return new Attempt(Attempt.Kind.TCP, address, port, Attempt.Expectation.PASSES);
    }

    /** The probe's arguments: the mark that it sends wherever it gets through, then what to try, in order. */
    List<String> arguments(String mark) {
        List<String> arguments = new ArrayList<>();
        arguments.add(mark);
        attempts.forEach(attempt -> arguments.add(attempt.argument()));
        return arguments;
    }
}

package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.fence.PacketOracle.Packet;
import io.cordon.agent.os.windows.fence.PacketOracle.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A probe whose packets the oracle decides, by the filters that stand in the engine at that moment. */
final class FakeProbe implements ProbeRunner {
    private final MemoryFilterEngine engine;
    final List<SandboxAccount> accounts = new ArrayList<>();
    boolean broken;
    /** Whether a stripped token also strips what a socket is known by. */
    boolean shedding;
    /** Whether filters have any effect at all. */
    boolean enforced = true;

    FakeProbe(MemoryFilterEngine engine) {
        this.engine = engine;
    }

    @Override
    public String run(SandboxAccount account, List<String> arguments, Duration limit) throws IOException {
        accounts.add(account);
        if (broken) {
            throw new IOException("LogonUserW: 1385, the account may not log on here");
        }
        List<String> outcomes = new ArrayList<>();
        for (String argument : arguments.subList(1, arguments.size())) {
            outcomes.add("\"" + argument + "\":\"" + outcome(account, argument.split("/")) + "\"");
        }
        return "{\"probe\":1,\"outcomes\":{" + String.join(",", outcomes) + "}}\n";
    }

    private String outcome(SandboxAccount account, String[] argument) {
        String kind = argument[0];
        Sid sid = FenceFixtures.SIDS.of(account);
        SocketToken token = SocketToken.of(sid);
        boolean shed = Set.of("stripped", "stripped-child", "anonymous", "identified", "lowered")
                .contains(kind);
        PacketOracle oracle = new PacketOracle(
                new FilterPlan(FilterPlan.PROVIDER, FilterPlan.SUBLAYER, enforced ? engine.filters : List.of()));
        boolean passes = oracle.permitted(new Packet(
                shed && shedding ? token.stripped(Set.of(sid)) : token,
                kind.equals("listen") ? Step.LISTEN : Step.CONNECT,
                kind.equals("udp") ? 17 : 6,
                IpAddress.parse(argument[1]),
                Integer.parseInt(argument[2])));
        if (kind.equals("echo")) {
            return "replied";
        }
        return !passes ? "denied" : kind.equals("udp") ? "sent" : kind.equals("listen") ? "listening" : "reached";
    }

    static Canary canary(List<Canary.Perch> perches, Set<String> heard) {
        return new Canary() {
            @Override
            public List<Perch> perches() {
                return perches;
            }

            @Override
            public Set<String> heard() {
                return heard;
            }

            @Override
            public void close() {}
        };
    }
}

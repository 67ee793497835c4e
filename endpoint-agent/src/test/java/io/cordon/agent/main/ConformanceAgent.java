package io.cordon.agent.main;

import io.cordon.agent.broker.AgentStatus;
import io.cordon.agent.broker.Broker;
import io.cordon.agent.broker.BrokerLimits;
import io.cordon.agent.broker.PolicyInForce;
import io.cordon.agent.egress.EgressDoor;
import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.MemorySpool;
import io.cordon.agent.telemetry.RunRecorder;
import io.cordon.agent.telemetry.gateway.GatewayPorts;
import io.cordon.policy.document.Digest;
import io.cordon.policy.document.PolicyDocuments;
import io.cordon.policy.document.ReadResult;
import io.cordon.policy.model.EndpointFacts;
import io.cordon.policy.resolve.PolicySet;
import io.cordon.policy.resolve.PublishedDocument;
import io.cordon.policy.resolve.Resolution;
import io.cordon.policy.resolve.Resolver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The confinement of a machine under a policy from a file, for the conformance kit: accounts, entries, fence and pipe as the
 * agent wires them, without a server and without the signed repository. No part of the product: the agent itself has no way to
 * take a policy that nobody signed.
 *
 * <p>{@code run POLICY DATA} serves until its standard input ends, and writes {@code DATA.state} when that changes, one line;
 * {@code remove DATA} takes everything back.
 */
public final class ConformanceAgent {
    private static final String ASSIGNMENTS = """
            apiVersion: cordon.io/v1
            kind: Assignments
            metadata: {name: assignments}
            spec: {rules: [{select: {}, policy: conformance}]}
            """;

    private ConformanceAgent() {}

    public static void main(String[] words) throws Exception {
        if (words.length == 3 && words[0].equals("run")) {
            run(
                    Path.of(words[1]),
                    new AgentLayout(Path.of(words[2]), Path.of(words[2]).resolve("run")));
        } else if (words.length == 2 && words[0].equals("remove")) {
            remove(new AgentLayout(Path.of(words[1]), Path.of(words[1]).resolve("run")));
        } else {
            System.err.println("usage: run POLICY DATA | remove DATA");
            System.exit(ExitCode.USAGE.code());
        }
    }

    private static void run(Path policy, AgentLayout layout) throws Exception {
        Machine machine = Machine.here();
        Clock clock = Clock.systemUTC();
        machine.prepareData(layout);
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        PolicyInForce policies = new PolicyInForce();
        policies.replace(resolution(policy));
        RunSettings settings = new RunSettings(
                machine,
                Installation.here(machine),
                layout,
                List.of(),
                GatewayPorts.DEFAULT,
                machine.systemRoot(),
                EgressSettings.DEFAULT,
                Map.of());
        HostFacts host = new HostFacts("conformance", "conformance", "windows", Machine.version());
        try (Ledger ledger = Ledger.open(layout.ledger());
                Confinement confinement = machine.confinement(
                        settings, ledger, () -> policies.current().digest().hex(), 0, clock);
                RunRecorder recorder =
                        RunRecorder.open(layout.spool(), new MemorySpool(Long.MAX_VALUE), () -> host, key, clock);
                Broker broker = new Broker(
                        confinement.ports(),
                        policies,
                        recorder,
                        ledger,
                        confinement.placeholders(),
                        EgressDoor.SHUT,
                        () -> new AgentStatus("conformance", null, "conformance", null, null, List.of(), null),
                        confinement.os(),
                        settings.installation().launcher(machine).toString(),
                        (told, decided, sender) -> {},
                        BrokerLimits.DEFAULT,
                        clock)) {
            confinement.recover();
            broker.start(why -> System.err.println("the pipe ended: " + why));
            Path state = layout.data().resolveSibling(layout.data().getFileName() + ".state");
            String last = "";
            while (System.in.available() >= 0 && !Files.exists(layout.data().resolveSibling("conformance.stop"))) {
                confinement.tend(policies.current().network());
                String now = (confinement.state().healthy() ? "ready " : "ill ")
                        + confinement.state().status();
                if (!now.equals(last)) {
                    Files.writeString(state, now);
                    last = now;
                }
                Thread.sleep(200);
            }
        }
    }

    private static void remove(AgentLayout layout) throws Exception {
        try (Ledger ledger = Ledger.open(layout.ledger())) {
            Machine.here().uninstall(layout, ledger).undone().forEach(System.out::println);
            if (!ledger.open().isEmpty()) {
                throw new IOException("left in the ledger: " + ledger.open());
            }
        }
    }

    private static Resolution resolution(Path file) throws IOException {
        byte[] source = Files.readAllBytes(file);
        return Resolver.resolve(
                PolicySet.of(List.of(
                        published("policies/conformance.yaml", source),
                        published("assignments.yaml", ASSIGNMENTS.getBytes(StandardCharsets.UTF_8)))),
                new EndpointFacts("conformance", "windows", "conformance", Set.of(), Map.of()),
                Clock.systemUTC().instant());
    }

    private static PublishedDocument published(String target, byte[] source) throws IOException {
        ReadResult result = PolicyDocuments.read(target, source);
        if (result instanceof ReadResult.Accepted accepted) {
            return new PublishedDocument(target, 1, Digest.of(source), accepted.document());
        }
        throw new IOException(target + ": " + result);
    }
}

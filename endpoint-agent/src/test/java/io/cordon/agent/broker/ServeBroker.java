package io.cordon.agent.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.agent.adapters.WriteSettings;
import io.cordon.agent.egress.EgressProxy;
import io.cordon.agent.egress.EgressRuns;
import io.cordon.agent.egress.EgressSettings;
import io.cordon.agent.egress.NameResolver;
import io.cordon.agent.egress.SpooledEgressLog;
import io.cordon.agent.os.Ledger;
import io.cordon.agent.os.LivePlaceholders;
import io.cordon.agent.os.Sender;
import io.cordon.agent.os.linux.SpawnerLink;
import io.cordon.agent.provision.AgentLayout;
import io.cordon.agent.provision.Provisioner;
import io.cordon.agent.telemetry.FileSpool;
import io.cordon.agent.telemetry.HostFacts;
import io.cordon.agent.telemetry.RunRecorder;
import io.cordon.agent.telemetry.gateway.event.AgentEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * A broker over the real spawner and bubblewrap, on the socket that {@code cordon} looks for: {@code ServeBroker FOLDER CORDON
 * SPAWNER}. Of the policy whose spec is in a file, the line {@code settings FILE} of standard input has the managed settings
 * written, and {@code policy FILE} puts it in force; it says {@code done}. What hooks told and were answered is in FOLDER/hooks.jsonl. For {@code
 * deploy/e2e/agents}; needs root.
 */
final class ServeBroker {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ServeBroker() {}

    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        AgentLayout layout = new AgentLayout(folder.resolve("data"), Path.of("/run/cordon"));
        Provisioner.prepareData(layout);
        HostFacts host = new HostFacts("endpoint-e2e", "box", "linux", "0.1.0");
        InstantSource clock = InstantSource.system();
        LivePlaceholders placeholders = new LivePlaceholders(clock);
        PolicyInForce policies = new PolicyInForce();
        SpawnerLink link =
                new SpawnerLink(Path.of(words[2]), layout.socket(), Path.of("/usr/bin/bwrap"), layout.hidden());
        try (Ledger ledger = Ledger.open(layout.ledger());
                FileSpool spool = FileSpool.open(layout.spool(), 64 << 20);
                RunRecorder recorder = RunRecorder.open(layout.spool(), spool, () -> host, new byte[32], clock);
                SpooledEgressLog egress = new SpooledEgressLog(spool, () -> host);
                EgressProxy proxy = EgressProxy.start(
                        EgressSettings.DEFAULT, new EgressRuns(egress, clock), NameResolver.SYSTEM, clock)) {
            new Provisioner(layout, ledger).prepareRuntime();
            try (Broker broker = new Broker(
                    EnforcementRig.ports(link, link, layout, placeholders, proxy),
                    policies,
                    recorder,
                    ledger,
                    placeholders,
                    proxy,
                    () -> new AgentStatus("endpoint-e2e", "https://server", "enrolled", null, null, List.of(), null),
                    "linux",
                    words[1],
                    (told, decided, sender) -> keep(folder.resolve("hooks.jsonl"), told, decided, sender),
                    BrokerLimits.DEFAULT,
                    clock)) {
                broker.start(why -> System.out.println("ended: " + why));
                obey(policies, words[1]);
            }
        }
    }

    private static void obey(PolicyInForce policies, String cordon) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("settings")) {
                WriteSettings.main(new String[] {words[1], "/", cordon, ""});
            } else {
                policies.replace(Policies.resolve(Files.readString(Path.of(words[1]))));
            }
            System.out.println("done");
        }
    }

    private static synchronized void keep(Path log, List<AgentEvent> told, List<AgentEvent> decided, Sender sender)
            throws IOException {
        // Whoever waits for what was told finds what was decided with it.
        for (AgentEvent event : Stream.concat(decided.stream(), told.stream()).toList()) {
            ObjectNode line = JSON.createObjectNode()
                    .put("kind", event.kind().name())
                    .put("agent", event.agent())
                    .put("event", event.original())
                    .put("toolCall", event.toolCall())
                    .put("account", sender.accountId());
            line.set("attributes", JSON.valueToTree(event.attributes()));
            line.set("content", JSON.valueToTree(event.content()));
            Files.writeString(
                    log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        }
    }
}

package io.cordon.agent.adapters.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.SettingsReport;
import io.cordon.agent.testing.MutableClock;
import io.cordon.policy.model.Agents;
import io.cordon.policy.model.Decision;
import io.cordon.policy.model.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final AtomicInteger changes = new AtomicInteger();
    private final List<LocalProcesses.Process> processes = new ArrayList<>();
    private Agents rules = Agents.NONE;
    private List<SettingsReport> settings = List.of();
    private TestHome home;
    private Path root;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(dir.resolve("root"));
        home = new TestHome(dir.resolve("home"));
    }

    private Discovery discovery() {
        LocalProcesses table = new LocalProcesses() {
            @Override
            public List<Process> all() {
                return List.copyOf(processes);
            }

            @Override
            public Optional<Process> of(long pid) {
                return Optional.empty();
            }

            @Override
            public List<Long> lineage(long pid) {
                return List.of();
            }
        };
        return new Discovery(
                new Discovery.Parts(
                        false,
                        root,
                        () -> List.of(home.path),
                        table,
                        () -> rules,
                        () -> Telemetry.DEFAULT,
                        new byte[32],
                        () -> settings,
                        clock),
                changes::incrementAndGet);
    }

    private static JsonNode json(Discovery discovery) throws IOException {
        return JSON.readTree(discovery.report());
    }

    private static Agents.AgentRules least(String version) {
        return new Agents.AgentRules(
                Decision.ALLOW,
                Optional.of(version),
                Agents.Approvals.CONTAINED,
                Decision.DENY,
                Optional.empty(),
                false);
    }

    @Test
    void reportsWhatIsThereForEverybodyInHomesAndRunning() throws Exception {
        Path machine = root.resolve("usr/lib/node_modules/@google/gemini-cli");
        Files.createDirectories(machine);
        Files.writeString(machine.resolve("package.json"), "{\"name\":\"@google/gemini-cli\",\"version\":\"0.61.0\"}");
        Files.createDirectories(root.resolve("var/lib/dpkg"));
        Files.writeString(root.resolve("var/lib/dpkg/status"), """
                Package: claude-code
                Status: install ok installed
                Version: 2.1.332-1

                Package: opencode
                Status: deinstall ok config-files
                Version: 1.0
                """);
        home.npm(".npm-global/lib/node_modules", "@openai/codex", "0.169.0", "bin/codex.js");
        processes.add(new LocalProcesses.Process(
                "nobody",
                "/usr/bin/node",
                List.of(home.path + "/.npm-global/lib/node_modules/@openai/codex/bin/codex.js")));
        Discovery discovery = discovery();
        discovery.look();
        JsonNode report = json(discovery);
        assertEquals("claude-code", report.at("/installations/0/agent").asText());
        assertEquals("2.1.332", report.at("/installations/0/version").asText());
        assertEquals("package", report.at("/installations/0/source").asText());
        assertEquals("", report.at("/installations/1/owner").asText());
        assertEquals("nobody", report.at("/installations/2/owner").asText());
        assertEquals("unmanaged", report.at("/installations/2/standing").asText());
        assertEquals(3, report.path("installations").size());
        assertEquals(1, report.at("/uses/0/running").asInt());
        assertEquals(0, report.path("problems").size(), report.path("problems").toString());
        assertEquals(1, changes.get());
    }

    @Test
    void judgesByThePolicyInForceAndAgainWhenItChanges() throws Exception {
        home.npm(".npm-global/lib/node_modules", "@openai/codex", "0.169.0", "bin/codex.js");
        home.folder(".vscode/extensions/openai.chatgpt-0.5.1");
        home.file(".local/bin/crush", "x");
        Discovery discovery = discovery();
        discovery.look();
        rules = new Agents(Decision.DENY, 0, Map.of("codex", least("0.170")));
        discovery.look();
        JsonNode report = json(discovery);
        assertEquals("managed", report.at("/installations/0/standing").asText());
        assertEquals("too-old", report.at("/installations/0/refusal").asText());
        assertEquals("", report.at("/installations/1/refusal").asText(), "an extension has versions of its own");
        assertEquals("unknown", report.at("/installations/2/standing").asText());
        assertEquals("unlisted", report.at("/installations/2/refusal").asText());
        assertEquals(2, changes.get());
    }

    @Test
    void looksAgainAfterAQuarterOfAnHourAndTellsOnlyWhatChanged() throws Exception {
        Discovery discovery = discovery();
        discovery.look();
        home.npm(".npm-global/lib/node_modules", "@openai/codex", "0.169.0", "bin/codex.js");
        discovery.look();
        assertEquals(0, json(discovery).path("installations").size());
        clock.advance(Duration.ofMinutes(15));
        discovery.look();
        assertEquals(1, json(discovery).path("installations").size());
        clock.advance(Duration.ofMinutes(15));
        discovery.look();
        assertEquals(2, changes.get());
    }

    @Test
    void reportsHowSettingsStandAtOnce() throws Exception {
        Discovery discovery = discovery();
        discovery.look();
        settings = List.of(new SettingsReport(
                CodingAgent.CODEX,
                List.of(new SettingsReport.FileState("/etc/codex/requirements.toml", "ab".repeat(32), "read-only")),
                List.of("hosts cannot be said"),
                List.of(new SettingsReport.Drift(clock.instant(), "/etc/codex/requirements.toml", "-a\n+b"))));
        discovery.look();
        JsonNode report = json(discovery);
        assertEquals("read-only", report.at("/settings/0/files/0/problem").asText());
        assertEquals("hosts cannot be said", report.at("/settings/0/limits/0").asText());
        assertEquals("-a\n+b", report.at("/drifts/0/diff").asText());
        assertEquals("codex", report.at("/drifts/0/agent").asText());
    }

    @Test
    void aReportFitsWhateverWasFound() throws Exception {
        List<SettingsReport.Drift> drifts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            drifts.add(new SettingsReport.Drift(clock.instant().plusSeconds(i), "/etc/x", "ü".repeat(4096)));
        }
        settings = List.of(new SettingsReport(CodingAgent.CODEX, List.of(), List.of(), drifts));
        Discovery discovery = discovery();
        discovery.look();
        JsonNode report = json(discovery);
        assertTrue(discovery.report().getBytes(StandardCharsets.UTF_8).length <= InventoryDocument.LONGEST + 100);
        int kept = report.path("drifts").size();
        assertTrue(kept > 0);
        assertEquals(
                clock.instant().plusSeconds(199).toString(),
                report.path("drifts").path(kept - 1).path("at").asText(),
                "the newest stay");
        assertTrue(report.at("/problems/0").asText().endsWith("did not fit into the report"));
    }

    @Test
    void runsOnItsOwnThread() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        Discovery discovery = Discovery.of(
                false,
                root,
                List::of,
                io.cordon.policy.resolve.ResolvedPolicy::strictest,
                new byte[32],
                List::of,
                told::countDown,
                clock);
        try (discovery) {
            discovery.start();
            assertTrue(told.await(60, java.util.concurrent.TimeUnit.SECONDS));
        }
    }

    @Test
    void aReadingThatDoesNotEndIsGivenUp() throws Exception {
        PatientReader reader = new PatientReader("test");
        CountDownLatch stuck = new CountDownLatch(1);
        IOException late = assertThrows(
                IOException.class,
                () -> reader.within(Duration.ofMillis(50), () -> {
                    stuck.await();
                    return "";
                }));
        assertEquals("no answer within 0 s", late.getMessage());
        assertEquals("x", reader.within(Duration.ofSeconds(60), () -> "x"));
        // One that was given up before it began leaves its thread free, which a busy machine decides.
        assertThrows(PatientReader.BusyException.class, () -> {
            for (int i = 0; i < 10_000; i++) {
                try {
                    reader.within(Duration.ofMillis(5), () -> {
                        awaitUninterruptibly(stuck);
                        return "";
                    });
                } catch (PatientReader.BusyException e) {
                    throw e;
                } catch (IOException e) {
                    assertEquals("no answer within 0 s", e.getMessage());
                }
            }
        });
        assertThrows(PatientReader.BusyException.class, () -> reader.within(Duration.ofSeconds(60), () -> "not begun"));
        stuck.countDown();
    }

    /** As a thread in a system call that nothing ends. */
    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean ended = false;
        while (!ended) {
            try {
                latch.await();
                ended = true;
            } catch (InterruptedException e) {
                // goes on waiting
            }
        }
    }

    @Test
    void looksIntoHomesThatBelongToTheirAccounts() throws IOException {
        Path passwd = dir.resolve("passwd");
        Files.createDirectories(dir.resolve("homes/roots"));
        TestHome directory = new TestHome(dir.resolve("homes/from-a-directory"));
        Files.writeString(passwd, """
                nobody:x:%d:65534::%s:/bin/sh
                daemon:x:1:1::/usr/sbin:/usr/sbin/nologin
                broken
                other:x:99:99::relative:/bin/sh
                """.formatted(Files.getAttribute(home.path, "unix:uid"), home.path));
        assertEquals(List.of(home.path, directory.path), Homes.linux(passwd, dir.resolve("homes")));
    }
}

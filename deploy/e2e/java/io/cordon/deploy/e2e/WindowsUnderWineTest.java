package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordon.deploy.quickstart.AdminClient;
import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.Publication;
import io.cordon.deploy.quickstart.QuickstartException;
import io.cordon.deploy.quickstart.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The agent for Windows with a real server, as far as Wine goes: enrollment, policies, the named pipe, {@code cordon.exe}, jobs
 * and records. Wine has no lasting accounts and no filters, so what would have to be confined is refused, and says why; what an
 * auditing policy lets run does run.
 */
@ExtendWith(Workstation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowsUnderWineTest {
    private final Workstation workstation;
    private final Path wine;
    private final Path log;
    private final Path tool;
    private Process agent;
    private String endpoint;

    WindowsUnderWineTest(Workstation workstation) {
        this.workstation = workstation;
        this.wine = workstation.folder().resolve("wine");
        this.log = workstation.folder().resolve("windows-agent.log");
        this.tool = workstation.checkout().root().resolve("deploy/windows/wine/agent");
    }

    @BeforeAll
    void start() throws Exception {
        Path root = workstation.checkout().root();
        Shell.run(
                root,
                "make",
                "-s",
                "-C",
                "endpoint-agent/launcher",
                "OUT=" + root + "/endpoint-agent/target/launcher",
                "windows");
        Shell.run(tool.toString(), wine.toString(), "make");
        Path token = workstation.folder().resolve("windows-token");
        ObjectNode wish = AdminClient.object()
                .put("group", "workstations")
                .put("expiresInHours", 1)
                .put("reason", "End-to-end test");
        wish.putObject("tags");
        Files.writeString(
                token,
                workstation
                        .admin()
                        .post("/admin/v1/enrollment-tokens", wish)
                        .path("token")
                        .asText());
        String enrolled = Shell.run(
                tool.toString(),
                wine.toString(),
                "enroll",
                "--server",
                workstation.server().url().toString(),
                "--token-file",
                "Z:" + token.toString().replace('/', '\\'));
        endpoint = enrolled.replaceAll("(?s).*endpoint ([0-9a-f-]{36}) .*", "$1");
        agent = new ProcessBuilder(tool.toString(), wine.toString(), "run")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log.toFile())
                .start();
    }

    @AfterAll
    void end() throws Exception {
        Shell.run(tool.toString(), wine.toString(), "end");
        if (agent != null) {
            agent.waitFor();
        }
    }

    private void inForce(String policy) throws Exception {
        workstation.govern(policy, Publication.baseline(workstation.admin(), policy));
        Waiting.until(Workstation.SOON, policy + " did not come into force under Wine: " + log, () -> {
            JsonNode shown = workstation.admin().get("/admin/v1/endpoints/" + endpoint);
            return shown.path("policyName").asText().equals(policy)
                    && shown.path("state").asText().equals("in-force");
        });
    }

    private Launch cordon(String... words) throws QuickstartException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool.toString(), wine.toString(), "cordon"));
        command.addAll(List.of(words));
        return Launch.run(command, Path.of("/nowhere"), workstation.folder());
    }

    @Test
    void whatAnAuditingPolicyLetsRunIsRunAndRecorded() throws Exception {
        inForce("audit-only");
        String session = Workstation.newSession();
        Launch said = cordon("run", "--session", session, "--", "cmd", "/c", "echo over the pipe");
        assertEquals(0, said.exitCode(), said.output());
        assertTrue(said.output().contains("over the pipe"), said.output());
        Launch failed = cordon("run", "--session", session, "--reason", "to fail", "--", "cmd", "/c", "exit 3");
        assertEquals(3, failed.exitCode(), failed.output());

        List<JsonNode> runs = workstation.runs(session, 2);
        JsonNode first = runs.get(0);
        assertEquals(endpoint, first.path("endpointId").asText(), first.toString());
        assertEquals("cmd /c 'echo over the pipe'", first.path("command").asText(), first.toString());
        assertTrue(first.path("attested").asBoolean(), first.toString());
        assertEquals(3, runs.get(1).path("exitCode").asInt(), runs.get(1).toString());
        assertEquals(
                "to fail",
                runs.get(1).path("statedReason").asText(),
                runs.get(1).toString());
    }

    /** I-2: no sandbox account, no run. */
    @Test
    void whatWouldHaveToBeConfinedIsRefusedWithTheReasonAndRecorded() throws Exception {
        inForce("balanced");
        String session = Workstation.newSession();
        Path marker = workstation.folder().resolve("unconfined");
        Launch refused = cordon("run", "--session", session, "--", "cmd", "/c", "echo x > " + marker.getFileName());
        assertEquals(126, refused.exitCode(), refused.output());
        assertTrue(refused.output().contains("sandbox-accounts"), refused.output());
        assertTrue(Files.notExists(marker), "nothing runs unconfined");
        assertEquals(
                "sandbox-accounts",
                workstation.runs(session, 1).get(0).path("rule").asText());
        Launch byRule = cordon("run", "--session", session, "--", "git", "push", "--force");
        assertEquals(126, byRule.exitCode(), byRule.output());
        assertTrue(byRule.output().contains("no-force-push"), byRule.output());
    }

    @Test
    void statusSaysWhatIsWrongWithThisMachine() throws Exception {
        Waiting.until(
                Workstation.SOON,
                "cordon.exe does not reach the agent: " + log,
                () -> cordon("status").exitCode() == 0);
        Launch status = cordon("status");
        assertTrue(status.output().contains(endpoint), status.output());
        assertTrue(status.output().contains("sandbox accounts"), status.output());
    }
}

package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.deploy.quickstart.AdminClient;
import io.cordon.deploy.quickstart.Launch;
import io.cordon.deploy.quickstart.Publication;
import io.cordon.deploy.quickstart.QuickstartException;
import io.cordon.deploy.quickstart.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a part fails: nothing is lost and nothing is permitted that was not (I-2, I-4, I-7). */
@ExtendWith(Workstation.Shared.class)
class FailureTest {
    private final Workstation workstation;
    private Path project = Path.of("/");

    FailureTest(Workstation workstation) {
        this.workstation = workstation;
    }

    @BeforeEach
    void govern() throws Exception {
        if (!workstation.endpoint().path("policyName").asText().equals("balanced")) {
            workstation.govern("balanced", Publication.baseline(workstation.admin(), "balanced"));
        }
        project = workstation.developer().repository("failure");
    }

    @Test
    void denialNamesTheRuleAndWhomToAskAndExits126() throws Exception {
        String session = Workstation.newSession();
        Launch launch = workstation.cordonRun(project, session, List.of("git", "push", "--force"));
        assertEquals(126, launch.exitCode(), launch.output());
        assertEquals(1, launch.output().strip().lines().count(), launch.output());
        JsonNode run = workstation.runs(session, 1).get(0);
        assertEquals("deny", run.path("decision").asText(), run.toString());
        assertTrue(launch.output().contains(run.path("rule").asText()), launch.output());
        assertTrue(launch.output().contains("Ask "), launch.output());
    }

    @Test
    void runsWhileTheServerIsAwayAreRecordedWhenItIsBack() throws Exception {
        String session = Workstation.newSession();
        workstation.crashServer();
        for (int i = 0; i < 3; i++) {
            Launch launch = workstation.cordonRun(project, session, List.of("sh", "-c", "echo offline-" + i));
            assertEquals(0, launch.exitCode(), launch.output());
        }
        workstation.restartServer();
        assertEquals(3, workstation.runs(session, 3).size());
    }

    @Test
    void policySurvivesARestartOfTheAgentWithoutTheServer() throws Exception {
        workstation.crashServer();
        workstation.restartAgent();
        Launch denied = workstation.cordonRun(project, Workstation.newSession(), List.of("git", "push", "--force"));
        assertEquals(126, denied.exitCode(), denied.output());
        assertTrue(denied.output().contains("balanced"), denied.output());
        workstation.restartServer();
    }

    @Test
    void aKilledAgentTakesItsRunsWithItAndStillLeavesTheirRecord() throws Exception {
        String session = Workstation.newSession();
        Path alive = project.resolve("alive");
        Process launcher = new ProcessBuilder(workstation
                        .developer()
                        .launcher(
                                workstation.agent().socket(),
                                Map.of(),
                                List.of(
                                        workstation.cordon().toString(),
                                        "run",
                                        "--session",
                                        session,
                                        "--",
                                        "sh",
                                        "-c",
                                        "while :; do date +%s%N > alive; sleep 0.1; done")))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Waiting.until(Workstation.SOON, "the confined loop did not start", () -> Files.exists(alive));
        workstation.crashAgent();
        assertEquals(125, launcher.waitFor(), "cordon says that Cordon failed");
        Waiting.until(Workstation.SOON, "the confined loop outlives the agent", () -> standsStill(alive));
        Launch none = workstation.cordonRun(project, session, List.of("touch", "unconfined"));
        assertEquals(125, none.exitCode(), none.output());
        assertFalse(Files.exists(project.resolve("unconfined")), "nothing runs unconfined");

        workstation.restartAgent();
        JsonNode run = workstation.runs(session, 1).get(0);
        assertTrue(run.path("attested").asBoolean(), run.toString());
        assertTrue(run.path("exitCode").isNull() || run.path("exitCode").isMissingNode(), run.toString());
    }

    /** Ten rounds of the loop long. */
    private static boolean standsStill(Path file) throws InterruptedException, QuickstartException {
        try {
            String before = Files.readString(file);
            Thread.sleep(1000);
            return before.equals(Files.readString(file));
        } catch (IOException e) {
            throw new QuickstartException(file + ": " + e.getMessage(), e);
        }
    }

    @Test
    void aRefusedDraftIsNotPublishedAndTheEndpointKeepsItsPolicy() throws Exception {
        int before = workstation.endpoint().path("policyVersion").asInt();
        var answer = workstation
                .admin()
                .exchange(
                        "POST",
                        "/admin/v1/policies",
                        AdminClient.object()
                                .put("reason", "typo")
                                .put(
                                        "source",
                                        "apiVersion: cordon.io/v1\nkind: SandboxPolicy\nmetadata: {name: typo}\nspecs: {}\n"));
        assertEquals(422, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("policy.document-invalid"), answer.body());
        assertTrue(answer.body().contains("\"line\":4"), answer.body());
        assertEquals(before, workstation.endpoint().path("policyVersion").asInt());
    }
}

package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.deploy.quickstart.Publication;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an analyst sees of a governed session: the console of the real server in a real browser. */
@ExtendWith(Workstation.Shared.class)
class ConsoleTest {
    private static final Pattern RESULT = Pattern.compile("^console: (\\d+) passed, (\\d+) failed$", Pattern.MULTILINE);

    private final Workstation workstation;

    ConsoleTest(Workstation workstation) {
        this.workstation = workstation;
    }

    @Test
    void theConsoleShowsTheEndpointItsPolicyAndTheSession() throws Exception {
        if (!workstation.endpoint().path("policyName").asText().equals("balanced")) {
            workstation.govern("balanced", Publication.baseline(workstation.admin(), "balanced"));
        }
        Path project = workstation.developer().repository("console");
        String session = Workstation.newSession();
        assertEquals(
                0,
                workstation
                        .cordonRun(project, session, List.of("sh", "-c", "echo seen > seen.txt"))
                        .exitCode());
        assertEquals(
                126,
                workstation
                        .cordonRun(project, session, List.of("git", "push", "--force"))
                        .exitCode());
        workstation.runs(session, 2);

        Path server = workstation.folder().resolve("server");
        Path root = workstation.checkout().root();
        Process browser = new ProcessBuilder(
                        root.resolve("deploy/e2e/console/run").toString(),
                        "--url",
                        workstation.server().url().toString(),
                        "--ca",
                        server.resolve("tls/ca.pem").toString(),
                        "--password-file",
                        workstation.server().passwordFile().toString(),
                        "--session",
                        session,
                        "--screenshots",
                        root.resolve("deploy/target/screenshots").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        browser.waitFor();
        Matcher result = RESULT.matcher(output);
        assertTrue(result.find(), output);
        assertEquals("0", result.group(2), output);
        assertTrue(Integer.parseInt(result.group(1)) > 0, output);
        assertEquals(0, browser.exitValue(), output);
    }
}

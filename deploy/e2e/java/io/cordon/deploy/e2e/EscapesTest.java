package io.cordon.deploy.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of escape attempts by plain programs, against the real agent: all refused (I-3). */
@ExtendWith(Workstation.Shared.class)
class EscapesTest {
    private static final Pattern RESULT = Pattern.compile("^escapes: (\\d+) passed, (\\d+) failed$", Pattern.MULTILINE);
    private static final int FEWEST = 20;

    private final Workstation workstation;

    EscapesTest(Workstation workstation) {
        this.workstation = workstation;
    }

    @Test
    void everyAttemptOfTheTableIsRefused() throws Exception {
        workstation.govern("e2e-escapes", POLICY);
        assertRefused(workstation);
    }

    /** @param options more of the driver's, see {@code run-escapes} */
    static void assertRefused(Workstation workstation, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                workstation
                        .checkout()
                        .root()
                        .resolve("deploy/e2e/escapes/run-escapes")
                        .toString(),
                "--cordon",
                workstation.cordon().toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CORDON_SOCKET", workstation.agent().socket().toString());
        builder.environment().put("CORDON_ESCAPE_DATA", workstation.agentData().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher result = RESULT.matcher(output);
        assertTrue(result.find(), output);
        assertEquals("0", result.group(2), output);
        assertTrue(Integer.parseInt(result.group(1)) >= FEWEST, output);
        assertEquals(0, process.exitValue(), output);
    }

    static final String POLICY = """
            apiVersion: cordon.io/v1
            kind: SandboxPolicy
            metadata:
              name: e2e-escapes
              title: Escape attempts
              description: Lets every command start, so that the operating system alone is what stops it.
              contact: security@example.com
            spec:
              mode: enforce
              filesystem:
                read: {deny: ["~/.aws", "~/.ssh"]}
                write:
                  roots: ["${workspace}", "${tmp}"]
                  protect: [".git/hooks", ".git/config", ".codex", ".agents", ".claude"]
              network: {mode: offline}
              process:
                limits: {processes: 64, memoryMiB: 1024, wallClockSeconds: 60, openFiles: 1024}
                environment: {pass: [PATH, HOME, LANG, TERM]}
              commands: {default: allow, unknown: allow}
              telemetry: {arguments: full, retainDays: 30}
            """;
}

package io.cordon.agent.os.linux;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cordon.agent.os.Caller;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileBoundary;
import io.cordon.agent.os.FilePlan;
import io.cordon.agent.os.LaunchingContract;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.ProcessLauncher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Over the built spawner and launcher and this machine's bubblewrap, as root; fails without any of them. */
class LinuxLaunchingTest extends LaunchingContract {
    private static final Path PROGRAMS = Path.of("target/launcher").toAbsolutePath();

    @TempDir
    Path dir;

    private final List<Process> askers = new ArrayList<>();
    private SpawnerLink link;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(dir.resolve("data"));
        Files.createDirectory(dir.resolve("run"));
        Files.createDirectory(dir.resolve("work"));
        link = new SpawnerLink(PROGRAMS.resolve("cordon-spawner"), socket(), Path.of("/usr/bin/bwrap"), hidden());
    }

    @AfterEach
    void endAskers() throws InterruptedException {
        for (Process asker : askers) {
            asker.destroyForcibly().waitFor();
        }
    }

    private Path socket() {
        return dir.resolve("run/agent.sock");
    }

    private List<Path> hidden() {
        return List.of(dir.resolve("data"), dir.resolve("run"));
    }

    @Override
    protected LocalChannel channel() {
        return link;
    }

    @Override
    protected ProcessLauncher launcher() {
        return link;
    }

    @Override
    protected Asker ask() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAMS.resolve("cordon").toString(),
                        "run",
                        "--",
                        "/bin/sh",
                        "-c",
                        "read status; exit $status")
                .directory(dir.resolve("work").toFile());
        builder.environment().put("CORDON_SOCKET", socket().toString());
        Process process = builder.start();
        askers.add(process);
        return new Asker() {
            @Override
            public void finish(int status) throws IOException {
                process.getOutputStream().write((status + "\n").getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().flush();
            }

            @Override
            public boolean told() {
                return !process.isAlive();
            }

            @Override
            public LocalReply answer() throws Exception {
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                return new LocalReply(
                        process.exitValue(),
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    protected ConfinementPlan plan(LocalRequest request, boolean sound) {
        Caller caller = request.caller();
        Principal principal = new Principal("root", caller.account(), "/root");
        FilePlan files = new LinuxFileAccess(new RealFileProbe(), hidden(), path -> false)
                .plan(new FileBoundary(false, List.of(), List.of(), List.of()), principal, request.cwd(), false);
        FilePlan.Granted granted = assertInstanceOf(FilePlan.Granted.class, files);
        return new ConfinementPlan(
                principal,
                request.cwd(),
                sound ? request.argv() : List.of("/bin/sh", "-c", "true"),
                Map.of("PATH", "/usr/bin:/bin"),
                granted.view(),
                NetworkPlan.Granted.offline(),
                true,
                ConfinementPlan.Limits.NONE,
                "cordon");
    }

    @Override
    protected void die() {
        String program = PROGRAMS.resolve("cordon-spawner").toString();
        ProcessHandle.current()
                .children()
                .filter(child -> program.equals(child.info().command().orElse("")))
                .forEach(ProcessHandle::destroyForcibly);
    }
}

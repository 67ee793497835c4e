package io.cordon.agent.os.windows.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordon.agent.ipc.JsonFields;
import io.cordon.agent.os.ConfinementPlan;
import io.cordon.agent.os.FileView;
import io.cordon.agent.os.LaunchingContract;
import io.cordon.agent.os.LocalChannel;
import io.cordon.agent.os.LocalReply;
import io.cordon.agent.os.LocalRequest;
import io.cordon.agent.os.NetworkPlan;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.ProcessLauncher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract over an imagined Windows. */
class PipeLaunchingTest extends LaunchingContract {
    private final FakePipe pipe = new FakePipe();
    private final FakeMachine machine = new FakeMachine();
    private final PipeLauncher launcher = new PipeLauncher(
            pipe,
            new Chain(machine, Windows.FACTS, () -> 7),
            Windows.SANDBOX,
            new FakeCapabilities(machine),
            Windows.LIMITS,
            Clock.systemUTC(),
            "9");

    @BeforeEach
    void install() {
        machine.file("C:\\Windows\\system32\\wait.exe", FileLookup.Kind.FILE);
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        launcher.close();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!machine.open().isEmpty() && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(), machine.open());
    }

    @Override
    protected LocalChannel channel() {
        return launcher;
    }

    @Override
    protected ProcessLauncher launcher() {
        return launcher;
    }

    @Override
    protected Asker ask() throws IOException {
        FakePipe.Client client = pipe.connect();
        client.say("{\"op\":\"run\",\"argv\":[\"wait\"],\"env\":{},\"cwd\":\"C:\\\\work\"}");
        CompletableFuture<LocalReply> told = new CompletableFuture<>();
        Thread ear = new Thread(() -> listen(client, told));
        ear.setDaemon(true);
        ear.start();
        return new Asker() {
            @Override
            public void finish(int status) {
                try {
                    machine.next().exit(status);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public boolean told() {
                return told.isDone();
            }

            @Override
            public LocalReply answer() throws Exception {
                return told.get(60, TimeUnit.SECONDS);
            }
        };
    }

    private static void listen(FakePipe.Client client, CompletableFuture<LocalReply> told) {
        try {
            for (String frame = client.hear(); frame != null; frame = client.hear()) {
                JsonNode node = JsonFields.object(frame.getBytes(StandardCharsets.UTF_8));
                switch (node.path("t").textValue()) {
                    case "started" -> {}
                    case "reply" ->
                        told.complete(new LocalReply(
                                node.path("exit").intValue(),
                                node.path("stdout").textValue(),
                                node.path("stderr").textValue()));
                    case "exited" ->
                        told.complete(new LocalReply(node.path("code").intValue(), "", ""));
                    default -> told.complete(LocalReply.line(LocalReply.FAILED, frame));
                }
                if (told.isDone()) {
                    client.hangUp();
                }
            }
        } catch (IOException e) {
            told.completeExceptionally(e);
        }
    }

    @Override
    protected ConfinementPlan plan(LocalRequest request, boolean sound) {
        return new ConfinementPlan(
                new Principal("ada", request.caller().account(), "C:\\Users\\ada"),
                request.cwd(),
                sound ? request.argv() : List.of("other"),
                Map.of(),
                new FileView.Acls(true, List.of(), List.of()),
                NetworkPlan.Granted.offline(),
                false,
                ConfinementPlan.Limits.NONE,
                "cordon");
    }

    @Override
    protected void die() {
        pipe.breakOff();
    }
}

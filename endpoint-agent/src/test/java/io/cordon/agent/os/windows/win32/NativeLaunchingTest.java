package io.cordon.agent.os.windows.win32;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.ipc.Frames;
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
import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.Capabilities;
import io.cordon.agent.os.windows.accounts.SandboxSids;
import io.cordon.agent.os.windows.launch.MachineFacts;
import io.cordon.agent.os.windows.launch.PatientLauncher;
import io.cordon.agent.os.windows.launch.PipeAddress;
import io.cordon.agent.os.windows.launch.PipeLauncher;
import io.cordon.agent.os.windows.launch.PipeListener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** The contract over the real pipe, tokens, desktops, jobs and processes; only the logon is replaced by this process's token. */
@Tag("wine")
@Timeout(300)
class NativeLaunchingTest extends LaunchingContract {
    private static final Sid GROUP = Sid.parse("S-1-5-21-1-2-3-2000");
    private static final SandboxSids SANDBOX = new SandboxSids(
            GROUP,
            Map.of(
                    SandboxAccount.OFFLINE, Sid.parse("S-1-5-21-1-2-3-2001"),
                    SandboxAccount.PROXY, Sid.parse("S-1-5-21-1-2-3-2002"),
                    SandboxAccount.ONLINE, Sid.parse("S-1-5-21-1-2-3-2003")));
    private static final int CLIENT = 0x12008b;
    private static final int SQOS_IMPERSONATION = 0x100000 | 2 << 16;

    private final PipeAddress address = PipeAddress.of("\\\\.\\pipe\\cordon-launch-" + System.nanoTime(), GROUP);
    private @Nullable PipeListener listening;
    private PipeLauncher launcher;

    @BeforeEach
    void make() throws IOException {
        launcher = PatientLauncher.of(
                () -> {
                    PipeListener listener = NativePipe.at(address, GROUP).listen();
                    listening = listener;
                    return listener;
                },
                new NativeMachine(new CurrentUserLogons()),
                new MachineFacts("DESK-7", NativeConsoleTest.HELPER, System.getenv()),
                SANDBOX,
                new NoCapabilities());
    }

    /** No root can be written, so no entry has to be made. */
    private static final class NoCapabilities implements Capabilities {
        @Override
        public Result prepare(FileView.Acls files, Principal principal) {
            return new Result.Ready(List.of(), "scope");
        }

        @Override
        public void release(Result.Ready prepared) {}
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
        HANDLE handle = Kernel32Io.Library.KERNEL32.CreateFileW(
                new WString(address.path()),
                CLIENT,
                0,
                null,
                ProcessConstants.OPEN_EXISTING,
                ProcessConstants.FILE_FLAG_OVERLAPPED | SQOS_IMPERSONATION,
                null);
        assertTrue(Handles.isValid(handle), () -> Handles.text("CreateFileW", Native.getLastError()));
        OverlappedFile client = new OverlappedFile(handle);
        Pipe input = Pipe.create();
        NativeCapture output = NativeCapture.create();
        send(
                client,
                "{\"op\":\"run\",\"argv\":[\"cmd\",\"/v:on\",\"/c\",\"echo begun& set /p s= & exit !s!\"],\"env\":{},"
                        + "\"cwd\":\"C:\\\\windows\",\"handles\":{\"stdin\":"
                        + Handles.value(input.read().get())
                        + ",\"stdout\":"
                        + output.writeEnd().handle()
                        + ",\"stderr\":0}}");
        CompletableFuture<LocalReply> told = new CompletableFuture<>();
        Thread ear = new Thread(() -> listen(client, told));
        ear.setDaemon(true);
        ear.start();
        return new Asker() {
            /** Wine's server does not survive the end of a process that is still about to begin. */
            @Override
            public void awaitCommand() throws IOException {
                output.writeEnd().close();
                assertEquals("begun\r\n", new String(output.output().readNBytes(7), StandardCharsets.US_ASCII));
            }

            @Override
            public void finish(int status) throws IOException {
                new OverlappedWriter(input).write(status + "\r\n");
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

    /** Writes what the command reads, and then ends it. */
    private record OverlappedWriter(Pipe pipe) {
        void write(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            com.sun.jna.ptr.IntByReference written = new com.sun.jna.ptr.IntByReference();
            assertTrue(com.sun.jna.platform.win32.Kernel32.INSTANCE.WriteFile(
                    pipe.write().get(), bytes, bytes.length, written, null));
            assertEquals(bytes.length, written.getValue());
            pipe.close();
        }
    }

    private static void send(OverlappedFile client, String json) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        Frames.write(frame, json.getBytes(StandardCharsets.UTF_8));
        client.write(frame.toByteArray(), 0, frame.size());
    }

    private static byte @Nullable [] receive(OverlappedFile client) throws IOException {
        byte[] head = new byte[4];
        if (client.read(head, 0, 4) < 4) {
            return null;
        }
        byte[] body =
                new byte[ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt()];
        int at = 0;
        while (at < body.length) {
            int read = client.read(body, at, body.length - at);
            assertNotEquals(-1, read);
            at += read;
        }
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        Frames.write(frame, body);
        return Frames.read(new ByteArrayInputStream(frame.toByteArray()));
    }

    private static void listen(OverlappedFile client, CompletableFuture<LocalReply> told) {
        try (client) {
            for (byte[] frame = receive(client); frame != null && !told.isDone(); frame = receive(client)) {
                JsonNode node = JsonFields.object(frame);
                switch (node.path("t").textValue()) {
                    case "started" -> {}
                    case "reply" ->
                        told.complete(new LocalReply(
                                node.path("exit").intValue(),
                                node.path("stdout").textValue(),
                                node.path("stderr").textValue()));
                    case "exited" ->
                        told.complete(new LocalReply(node.path("code").intValue(), "", ""));
                    default -> told.complete(LocalReply.line(LocalReply.FAILED, node.toString()));
                }
                if (told.isDone()) {
                    return;
                }
            }
            told.completeExceptionally(new IOException("the agent hung up"));
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
        PipeListener listener = listening;
        assertTrue(listener != null);
        listener.close();
    }
}

package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.senders.Processes;
import java.io.IOException;
import java.util.Optional;

/** Processes of Windows. */
public final class NativeProcesses implements Processes {
    @Override
    public Optional<Held> open(long pid) throws IOException {
        if (pid <= 0 || pid > 0xffff_ffffL) {
            return Optional.empty();
        }
        HANDLE process =
                Kernel32.INSTANCE.OpenProcess(ProcessConstants.PROCESS_QUERY_LIMITED_INFORMATION, false, (int) pid);
        if (process != null) {
            return Optional.of(new Process(new Handles.Owned(process)));
        }
        int error = Native.getLastError();
        if (error == ProcessConstants.ERROR_INVALID_PARAMETER || error == ProcessConstants.ERROR_ACCESS_DENIED) {
            return Optional.empty();
        }
        throw Failure.of("OpenProcess(" + pid + ")", error);
    }

    private record Process(Handles.Owned process) implements Held {
        @Override
        public long created() throws IOException {
            return ProcessFacts.created(process.get());
        }

        @Override
        public String image() {
            return ProcessFacts.image(process.get());
        }

        @Override
        public Sid user() throws IOException {
            try (Handles.Owned token = NativeCaller.token(process.get(), TokenConstants.TOKEN_QUERY)) {
                return Tokens.user(token.get());
            } catch (LaunchException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public long parent() {
            return ProcessFacts.parent(process.get());
        }

        @Override
        public void close() {
            process.close();
        }
    }
}

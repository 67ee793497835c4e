package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.launch.Attestation;
import io.cordon.agent.os.windows.launch.CallerProcess;
import java.io.IOException;

/** A caller's process, held open. */
final class NativeCaller implements CallerProcess {
    private final int pid;
    private final Handles.Owned process;

    private NativeCaller(int pid, HANDLE process) {
        this.pid = pid;
        this.process = new Handles.Owned(process);
    }

    static NativeCaller open(int pid) throws IOException {
        HANDLE process = Kernel32.INSTANCE.OpenProcess(
                ProcessConstants.PROCESS_DUP_HANDLE
                        | ProcessConstants.PROCESS_QUERY_LIMITED_INFORMATION
                        | ProcessConstants.SYNCHRONIZE,
                false,
                pid);
        if (process == null) {
            throw new IOException(
                    Handles.text("OpenProcess(" + Integer.toUnsignedString(pid) + ")", Native.getLastError()));
        }
        return new NativeCaller(pid, process);
    }

    @Override
    public long pid() {
        return Integer.toUnsignedLong(pid);
    }

    @Override
    public long handle() {
        return Handles.value(process.get());
    }

    Attestation.Token attestedToken(Sid sandboxGroup) throws IOException {
        try (Handles.Owned token = token(process.get(), TokenConstants.TOKEN_QUERY | TokenConstants.TOKEN_DUPLICATE)) {
            return Tokens.attested(token.get(), sandboxGroup);
        }
    }

    static Handles.Owned token(HANDLE process, int access) throws IOException {
        HANDLEByReference token = new HANDLEByReference();
        if (!Advapi32.INSTANCE.OpenProcessToken(process, access, token)) {
            throw new IOException(Handles.text("OpenProcessToken", Native.getLastError()));
        }
        return Handles.Owned.of(token);
    }

    /** 100 ns since 1601. */
    long created() throws IOException {
        return ProcessFacts.created(process.get());
    }

    String image() {
        return ProcessFacts.image(process.get());
    }

    @Override
    public void close() {
        process.close();
    }
}

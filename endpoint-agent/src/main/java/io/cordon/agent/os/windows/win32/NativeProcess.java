package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;

/** A started process; closing it ends nothing. */
final class NativeProcess implements Machine.Suspended {
    private static final String STAGE = "process";
    private static final int KILLED = 137;

    private final Handles.Owned process;
    private final Handles.Owned thread;
    private final int pid;

    NativeProcess(Kernel32Processes.PROCESS_INFORMATION made) {
        this.process = new Handles.Owned(made.hProcess);
        this.thread = new Handles.Owned(made.hThread);
        this.pid = made.dwProcessId;
    }

    @Override
    public long pid() {
        return Integer.toUnsignedLong(pid);
    }

    void kill() {
        if (!Kernel32Processes.Library.KERNEL32.TerminateProcess(process.get(), KILLED)) {
            System.getLogger(NativeProcess.class.getName())
                    .log(System.Logger.Level.ERROR, Handles.text("TerminateProcess", Native.getLastError()));
        }
    }

    @Override
    public void resume() throws LaunchException {
        if (Kernel32Processes.Library.KERNEL32.ResumeThread(thread.get()) < 0) {
            throw Handles.failure(STAGE, "ResumeThread");
        }
    }

    @Override
    public int await() throws LaunchException {
        int result = Kernel32.INSTANCE.WaitForSingleObject(process.get(), ProcessConstants.INFINITE);
        if (result != ProcessConstants.WAIT_OBJECT_0) {
            throw Handles.failure(STAGE, "WaitForSingleObject");
        }
        IntByReference status = new IntByReference();
        if (!Kernel32.INSTANCE.GetExitCodeProcess(process.get(), status)) {
            throw Handles.failure(STAGE, "GetExitCodeProcess");
        }
        return status.getValue();
    }

    @Override
    public void close() {
        thread.close();
        process.close();
    }
}

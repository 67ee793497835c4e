package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.StartPlan;
import java.util.List;

/** A token that processes are started with. */
final class NativeToken implements Machine.Token {
    private static final String STAGE = "process";

    /** {@code ERROR_ELEVATION_REQUIRED}: the program's manifest asks for an administrator. */
    private static final int ELEVATION_REQUIRED = 740;

    /** Programs of the console want one; they get one that nobody sees. */
    private static final int FLAGS = ProcessConstants.CREATE_SUSPENDED
            | ProcessConstants.CREATE_UNICODE_ENVIRONMENT
            | ProcessConstants.EXTENDED_STARTUPINFO_PRESENT
            | ProcessConstants.CREATE_NO_WINDOW;

    private final Handles.Owned token;

    NativeToken(Handles.Owned token) {
        this.token = token;
    }

    HANDLE handle() {
        return token.get();
    }

    @Override
    public Machine.Suspended start(StartPlan plan) throws LaunchException {
        List<Long> inherited = plan.inherited();
        int count = 1 + (inherited.isEmpty() ? 0 : 1);
        try (AttributeList attributes = new AttributeList(count);
                Memory commandLine = text(plan.commandLine() + "\0");
                Memory environment = text(plan.environment());
                Memory desktop = text(plan.desktop() + "\0")) {
            attributes.handles(ProcessConstants.PROC_THREAD_ATTRIBUTE_JOB_LIST, List.of(plan.job()));
            if (!inherited.isEmpty()) {
                attributes.handles(ProcessConstants.PROC_THREAD_ATTRIBUTE_HANDLE_LIST, inherited);
            }
            Kernel32Processes.STARTUPINFOEXW startup = startup(plan, desktop, attributes);
            Kernel32Processes.PROCESS_INFORMATION made = new Kernel32Processes.PROCESS_INFORMATION();
            if (!Advapi32Tokens.Library.ADVAPI32.CreateProcessAsUserW(
                    token.get(),
                    new WString(plan.application()),
                    commandLine,
                    null,
                    null,
                    !inherited.isEmpty(),
                    FLAGS,
                    environment,
                    new WString(plan.cwd()),
                    startup.getPointer(),
                    made.getPointer())) {
                throw failure(plan, Native.getLastError());
            }
            made.read();
            NativeProcess process = new NativeProcess(made);
            checkJob(process, made.hProcess, plan.job());
            return process;
        }
    }

    private static Kernel32Processes.STARTUPINFOEXW startup(StartPlan plan, Memory desktop, AttributeList attributes) {
        Kernel32Processes.STARTUPINFOEXW startup = new Kernel32Processes.STARTUPINFOEXW();
        startup.StartupInfo.cb = startup.size();
        startup.StartupInfo.lpDesktop = desktop;
        startup.StartupInfo.dwFlags = ProcessConstants.STARTF_USESTDHANDLES;
        startup.StartupInfo.hStdInput = new Pointer(plan.streams().get(0));
        startup.StartupInfo.hStdOutput = new Pointer(plan.streams().get(1));
        startup.StartupInfo.hStdError = new Pointer(plan.streams().get(2));
        startup.lpAttributeList = attributes.pointer();
        startup.write();
        return startup;
    }

    private static LaunchException failure(StartPlan plan, int error) {
        String hint = error == ELEVATION_REQUIRED ? "; it asks for an administrator, which no confined process is" : "";
        return new LaunchException(
                STAGE, error, Handles.text("CreateProcessAsUserW(" + plan.application() + ")", error) + hint);
    }

    /** The job is what ends the run: outside of it nothing may take its first step. */
    private static void checkJob(NativeProcess process, HANDLE handle, long job) throws LaunchException {
        IntByReference inside = new IntByReference();
        if (!Kernel32Jobs.Library.KERNEL32.IsProcessInJob(handle, Handles.of(job), inside) || inside.getValue() == 0) {
            process.kill();
            process.close();
            throw new LaunchException(STAGE, "the process was not started in its job");
        }
    }

    private static Memory text(String text) {
        Memory memory = new Memory((long) text.length() * Character.BYTES);
        memory.write(0, text.toCharArray(), 0, text.length());
        return memory;
    }

    @Override
    public void close() {
        token.close();
    }
}

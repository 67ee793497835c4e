package io.cordon.agent.os.windows.win32;

import com.sun.jna.Memory;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a running process is; it may be gone while it is asked about. */
final class ProcessFacts {
    /** Not in the headers; {@code PROCESSINFOCLASS} has it since Windows 8.1. */
    private static final int PROCESS_COMMAND_LINE = 60;

    private static final int LONGEST_PATH = 32_768;
    private static final int MAX_COMMAND_LINE = 80 * 1024;

    private ProcessFacts() {}

    /** Full path of the program, empty when it cannot be had. */
    static String image(HANDLE process) {
        char[] path = new char[LONGEST_PATH];
        IntByReference length = new IntByReference(path.length);
        return Kernel32.INSTANCE.QueryFullProcessImageName(process, 0, path, length)
                ? new String(path, 0, length.getValue())
                : "";
    }

    /** When it was started, in 100 ns since 1601. */
    static long created(HANDLE process) throws IOException {
        WinBase.FILETIME created = new WinBase.FILETIME();
        if (!Kernel32.INSTANCE.GetProcessTimes(
                process, created, new WinBase.FILETIME(), new WinBase.FILETIME(), new WinBase.FILETIME())) {
            throw Failure.last("GetProcessTimes");
        }
        return (long) created.dwHighDateTime << 32 | Integer.toUnsignedLong(created.dwLowDateTime);
    }

    /** Process id, 0 when it cannot be had. */
    static long parent(HANDLE process) {
        NtdllProcesses.PROCESS_BASIC_INFORMATION basic = new NtdllProcesses.PROCESS_BASIC_INFORMATION();
        int status = NtdllProcesses.Library.NTDLL.NtQueryInformationProcess(
                process, NtConstants.ProcessBasicInformation, basic.getPointer(), basic.size(), null);
        if (status < 0) {
            return 0;
        }
        basic.read();
        return basic.InheritedFromUniqueProcessId.longValue();
    }

    /** As the process was started with; null when it cannot be had. */
    static @Nullable String commandLine(HANDLE process) {
        try (Memory memory = new Memory(MAX_COMMAND_LINE)) {
            memory.clear();
            int status = NtdllProcesses.Library.NTDLL.NtQueryInformationProcess(
                    process, PROCESS_COMMAND_LINE, memory, (int) memory.size(), null);
            if (status < 0) {
                return null;
            }
            NtdllProcesses.UNICODE_STRING text = new NtdllProcesses.UNICODE_STRING(memory);
            int length = text.Length & 0xffff;
            return text.Buffer == null || length == 0 ? null : new String(text.Buffer.getCharArray(0, length / 2));
        }
    }
}

package io.cordon.agent.main;

import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.Winsvc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Stands in for the agent in the test of the package: a service that only runs, and an uninstall that only removes the data
 * folder. So the test is about what the package does, and not about what the agent can do under Wine.
 */
public final class CordonAgent {
    private static final long AFTERMATH = TimeUnit.SECONDS.toNanos(5);
    private static final Path DATA = Path.of(System.getenv("ProgramData"), "Cordon");
    private static Winsvc.SERVICE_STATUS_HANDLE handle;

    private CordonAgent() {}

    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "run" -> serve();
            case "uninstall" -> uninstall();
            default -> System.exit(64);
        }
    }

    private static void serve() {
        Winsvc.HandlerEx handler = (control, type, data, context) -> {
            if (control == Winsvc.SERVICE_CONTROL_STOP) {
                report(Winsvc.SERVICE_STOPPED);
            }
            return 0;
        };
        Winsvc.SERVICE_MAIN_FUNCTION main = (count, arguments) -> {
            handle = Advapi32.INSTANCE.RegisterServiceCtrlHandlerEx("CordonAgent", handler, null);
            report(Winsvc.SERVICE_RUNNING);
        };
        Winsvc.SERVICE_TABLE_ENTRY entry = new Winsvc.SERVICE_TABLE_ENTRY();
        Winsvc.SERVICE_TABLE_ENTRY[] table = (Winsvc.SERVICE_TABLE_ENTRY[]) entry.toArray(2);
        table[0].lpServiceName = "CordonAgent";
        table[0].lpServiceProc = main;
        Advapi32.INSTANCE.StartServiceCtrlDispatcher(table);
        // The process outlives the service, as it always does: here by so much that the package has to wait for it.
        LockSupport.parkNanos(AFTERMATH);
    }

    private static void report(int state) {
        Winsvc.SERVICE_STATUS status = new Winsvc.SERVICE_STATUS();
        status.dwServiceType = 0x10;
        status.dwCurrentState = state;
        status.dwControlsAccepted = Winsvc.SERVICE_ACCEPT_STOP;
        Advapi32.INSTANCE.SetServiceStatus(handle, status);
    }

    private static void uninstall() throws Exception {
        if (!Files.exists(DATA)) {
            return;
        }
        try (Stream<Path> files = Files.walk(DATA)) {
            for (Path each : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}

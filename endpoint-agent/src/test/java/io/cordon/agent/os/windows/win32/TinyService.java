package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.service.WindowsService;
import java.io.IOException;

/** A service that does nothing but live as the agent does; ended by a stop, or at once by a failure. */
public final class TinyService {
    private TinyService() {}

    /** @param words name of the service; exit code at its stop, or with a minus that of a failed start */
    public static void main(String[] words) throws IOException {
        int end = words.length > 1 ? Integer.parseInt(words[1]) : 0;
        int code = WindowsService.run(new NativeServiceControl(new NativeEventLog()), words[0], (host, stop) -> {
                    if (end < 0) {
                        return new WindowsService.Ended(-end, "told to fail");
                    }
                    host.ready("tiny");
                    try {
                        stop.await();
                    } catch (InterruptedException e) {
                        return new WindowsService.Ended(1, "interrupted");
                    }
                    return new WindowsService.Ended(end, "stopped");
                })
                .orElse(NOT_A_SERVICE);
        System.exit(code);
    }

    /** The manager did not start this process. */
    static final int NOT_A_SERVICE = 42;
}

package io.cordon.agent.main;

import io.cordon.agent.os.ServiceHost;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs the agent as this process's main work, until a signal asks it to end. */
final class Foreground {
    private static final int STOP_SECONDS = 25;

    private Foreground() {}

    static ExitCode run(ServiceHost host, Machine.Service service) throws CommandException, InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread onSignal = new Thread(
                () -> {
                    stop.countDown();
                    boolean orderly = awaitQuietly(stopped);
                    // The signal's own exit code would call an orderly stop a failure.
                    Runtime.getRuntime().halt((orderly ? ExitCode.OK : ExitCode.INTERNAL).code());
                },
                "cordon-stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            ExitCode code = service.run(host, stop);
            stopped.countDown();
            return code;
        } finally {
            if (stop.getCount() > 0) {
                Runtime.getRuntime().removeShutdownHook(onSignal);
            }
        }
    }

    private static boolean awaitQuietly(CountDownLatch stopped) {
        try {
            return stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }
}

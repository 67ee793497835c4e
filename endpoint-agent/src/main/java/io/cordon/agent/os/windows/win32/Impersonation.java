package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Advapi32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work in somebody else's name, each piece on a thread of its own that ends with it. */
final class Impersonation {
    private static final System.Logger LOG = System.getLogger(Impersonation.class.getName());

    private Impersonation() {}

    /** Takes the other's identity on the calling thread. */
    @FunctionalInterface
    interface Start {
        boolean start();
    }

    static <T> T as(HANDLE token, Callable<T> work) throws IOException {
        return as("ImpersonateLoggedOnUser", () -> Advapi32.INSTANCE.ImpersonateLoggedOnUser(token), work);
    }

    static <T> T as(String call, Start start, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(() -> {
            if (!start.start()) {
                throw new IOException(Handles.text(call, Native.getLastError()));
            }
            try {
                return work.call();
            } finally {
                // On failure the thread keeps the identity, but nothing more runs on it.
                if (!Advapi32.INSTANCE.RevertToSelf()) {
                    LOG.log(System.Logger.Level.ERROR, Handles.text("RevertToSelf", Native.getLastError()));
                }
            }
        });
        Thread thread = new Thread(null, task, "impersonation", 256 * 1024);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("work in another's name ended in a defect", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

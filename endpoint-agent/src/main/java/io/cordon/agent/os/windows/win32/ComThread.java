package io.cordon.agent.os.windows.win32;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One thread with an apartment of its own: objects made on it are used and given back on it. */
final class ComThread {
    private final ExecutorService thread;

    ComThread(String name) {
        this.thread = Executors.newSingleThreadExecutor(body -> {
            Thread made = new Thread(
                    () -> {
                        int result = Ole32Com.Loaded.INSTANCE.CoInitializeEx(null, Ole32Com.COINIT_APARTMENTTHREADED);
                        body.run();
                        // Only what succeeded is taken back; without it the first call fails and says so.
                        if (result >= 0) {
                            Ole32Com.Loaded.INSTANCE.CoUninitialize();
                        }
                    },
                    name);
            made.setDaemon(true);
            return made;
        });
    }

    /** Does it on the thread and waits. */
    <T> T call(Callable<T> work) throws IOException {
        try {
            return thread.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while Windows Firewall was asked");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException known) {
                throw new IOException(known.getMessage(), known);
            }
            throw new IOException("Windows Firewall: " + e.getCause(), e.getCause());
        }
    }
}

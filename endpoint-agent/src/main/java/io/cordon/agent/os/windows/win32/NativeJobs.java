package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.BaseTSD;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinBase;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.launch.JobLimits;
import io.cordon.agent.os.windows.launch.JobListener;
import io.cordon.agent.os.windows.launch.LaunchException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Makes jobs, and tells each what the one completion port of them all reports. */
final class NativeJobs {
    private static final System.Logger LOG = System.getLogger(NativeJobs.class.getName());
    private static final String STAGE = "job";

    private final AtomicLong keys = new AtomicLong();
    private final Map<Long, NativeJob> jobs = new ConcurrentHashMap<>();
    private final HANDLE port;

    NativeJobs() throws LaunchException {
        HANDLE made = Kernel32Jobs.Library.KERNEL32.CreateIoCompletionPort(
                WinBase.INVALID_HANDLE_VALUE, null, new BaseTSD.ULONG_PTR(), 1);
        if (!Handles.isValid(made)) {
            throw Handles.failure(STAGE, "CreateIoCompletionPort");
        }
        port = made;
        Thread pump = new Thread(null, this::pump, "job-messages", 256 * 1024);
        pump.setDaemon(true);
        pump.start();
    }

    NativeJob create(JobLimits limits, JobListener listener) throws LaunchException {
        long key = keys.incrementAndGet();
        NativeJob job = NativeJob.create(limits, listener, () -> jobs.remove(key));
        jobs.put(key, job);
        try {
            job.report(port, key);
            return job;
        } catch (LaunchException e) {
            job.close();
            throw e;
        }
    }

    private void pump() {
        while (true) {
            IntByReference message = new IntByReference();
            BaseTSD.ULONG_PTRByReference key = new BaseTSD.ULONG_PTRByReference();
            PointerByReference detail = new PointerByReference();
            if (!Kernel32.INSTANCE.GetQueuedCompletionStatus(port, message, key, detail, ProcessConstants.INFINITE)) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        Handles.text("GetQueuedCompletionStatus", Native.getLastError())
                                + "; processes of runs are no longer reported");
                return;
            }
            NativeJob job = jobs.get(key.getValue().longValue());
            if (job != null) {
                try {
                    job.message(message.getValue(), Pointer.nativeValue(detail.getValue()));
                } catch (RuntimeException e) {
                    LOG.log(System.Logger.Level.ERROR, "a message of a job was not handled", e);
                }
            }
        }
    }
}

package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.platform.win32.BaseTSD.SIZE_T;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.JobLimits;
import io.cordon.agent.os.windows.launch.JobListener;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job object. */
final class NativeJob implements Machine.Job {
    private static final System.Logger LOG = System.getLogger(NativeJob.class.getName());
    private static final String STAGE = "job";
    private static final Kernel32Jobs KERNEL32 = Kernel32Jobs.Library.KERNEL32;
    private static final int TICKS_PER_MICRO = 10;

    /** Processes kept open for their exit status; of more than these it is not told. */
    private static final int MAX_OPEN = 1024;

    private static final int EVERY_RESTRICTION = JobConstants.JOB_OBJECT_UILIMIT_HANDLES
            | JobConstants.JOB_OBJECT_UILIMIT_READCLIPBOARD
            | JobConstants.JOB_OBJECT_UILIMIT_WRITECLIPBOARD
            | JobConstants.JOB_OBJECT_UILIMIT_SYSTEMPARAMETERS
            | JobConstants.JOB_OBJECT_UILIMIT_DISPLAYSETTINGS
            | JobConstants.JOB_OBJECT_UILIMIT_GLOBALATOMS
            | JobConstants.JOB_OBJECT_UILIMIT_DESKTOP
            | JobConstants.JOB_OBJECT_UILIMIT_EXITWINDOWS;

    private final HANDLE job;
    private final JobListener listener;
    private final Runnable forget;
    private final Map<Long, HANDLE> processes = new HashMap<>();
    private boolean closed;

    private NativeJob(HANDLE job, JobListener listener, Runnable forget) {
        this.job = job;
        this.listener = listener;
        this.forget = forget;
    }

    static NativeJob create(JobLimits limits, JobListener listener, Runnable forget) throws LaunchException {
        HANDLE handle = KERNEL32.CreateJobObjectW(null, null);
        if (!Handles.isValid(handle)) {
            throw Handles.failure(STAGE, "CreateJobObjectW");
        }
        NativeJob job = new NativeJob(handle, listener, forget);
        try {
            job.set("limits", JobConstants.JobObjectExtendedLimitInformation, extended(limits));
            if (limits.userInterface()) {
                Kernel32Jobs.JOBOBJECT_BASIC_UI_RESTRICTIONS restrictions =
                        new Kernel32Jobs.JOBOBJECT_BASIC_UI_RESTRICTIONS();
                restrictions.UIRestrictionsClass = EVERY_RESTRICTION;
                job.set("user interface", JobConstants.JobObjectBasicUIRestrictions, restrictions);
            }
            return job;
        } catch (LaunchException e) {
            job.close();
            throw e;
        }
    }

    private static Structure extended(JobLimits limits) {
        Kernel32Jobs.JOBOBJECT_EXTENDED_LIMIT_INFORMATION information =
                new Kernel32Jobs.JOBOBJECT_EXTENDED_LIMIT_INFORMATION();
        int flags = JobConstants.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
                | JobConstants.JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
        if (limits.processes() > 0) {
            flags |= JobConstants.JOB_OBJECT_LIMIT_ACTIVE_PROCESS;
            information.BasicLimitInformation.ActiveProcessLimit = limits.processes();
        }
        if (limits.memoryBytes() > 0) {
            flags |= JobConstants.JOB_OBJECT_LIMIT_JOB_MEMORY;
            information.JobMemoryLimit = new SIZE_T(limits.memoryBytes());
        }
        information.BasicLimitInformation.LimitFlags = flags;
        return information;
    }

    private void set(String what, int informationClass, Structure information) throws LaunchException {
        information.write();
        if (!KERNEL32.SetInformationJobObject(job, informationClass, information.getPointer(), information.size())) {
            throw Handles.failure(STAGE, "SetInformationJobObject(" + what + ")");
        }
    }

    private <T extends Structure> T query(String what, int informationClass, T information) throws LaunchException {
        synchronized (this) {
            if (closed) {
                throw new LaunchException(STAGE, "the job is closed");
            }
            if (!KERNEL32.QueryInformationJobObject(
                    job, informationClass, information.getPointer(), information.size(), null)) {
                throw Handles.failure(STAGE, "QueryInformationJobObject(" + what + ")");
            }
        }
        information.read();
        return information;
    }

    void report(HANDLE port, long key) throws LaunchException {
        Kernel32Jobs.JOBOBJECT_ASSOCIATE_COMPLETION_PORT association =
                new Kernel32Jobs.JOBOBJECT_ASSOCIATE_COMPLETION_PORT();
        association.CompletionKey = new Pointer(key);
        association.CompletionPort = port;
        set("completion port", JobConstants.JobObjectAssociateCompletionPortInformation, association);
    }

    /** Limits as they are, for tests to read back. */
    Kernel32Jobs.JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits() throws LaunchException {
        return query(
                "limits",
                JobConstants.JobObjectExtendedLimitInformation,
                new Kernel32Jobs.JOBOBJECT_EXTENDED_LIMIT_INFORMATION());
    }

    @Override
    public long handle() {
        return Handles.value(job);
    }

    boolean contains(HANDLE process) {
        IntByReference result = new IntByReference();
        synchronized (this) {
            return !closed && KERNEL32.IsProcessInJob(process, job, result) && result.getValue() != 0;
        }
    }

    @Override
    public synchronized void terminate(int status) {
        if (!closed && !KERNEL32.TerminateJobObject(job, status)) {
            LOG.log(System.Logger.Level.ERROR, Handles.text("TerminateJobObject", Native.getLastError()));
        }
    }

    @Override
    public Machine.Usage usage() throws LaunchException {
        Kernel32Jobs.JOBOBJECT_BASIC_ACCOUNTING_INFORMATION accounting = query(
                "accounting",
                JobConstants.JobObjectBasicAccountingInformation,
                new Kernel32Jobs.JOBOBJECT_BASIC_ACCOUNTING_INFORMATION());
        return new Machine.Usage(
                limits().PeakJobMemoryUsed.longValue(),
                (accounting.TotalUserTime.getValue() + accounting.TotalKernelTime.getValue()) / TICKS_PER_MICRO,
                accounting.ActiveProcesses);
    }

    /** One message of the completion port. */
    void message(int message, long detail) {
        switch (message) {
            case JobConstants.JOB_OBJECT_MSG_NEW_PROCESS -> started(detail);
            case JobConstants.JOB_OBJECT_MSG_EXIT_PROCESS, JobConstants.JOB_OBJECT_MSG_ABNORMAL_EXIT_PROCESS ->
                ended(detail);
            case JobConstants.JOB_OBJECT_MSG_ACTIVE_PROCESS_LIMIT -> listener.limitHit(JobListener.Limit.PROCESSES);
            case JobConstants.JOB_OBJECT_MSG_JOB_MEMORY_LIMIT -> listener.limitHit(JobListener.Limit.MEMORY);
            case JobConstants.JOB_OBJECT_MSG_ACTIVE_PROCESS_ZERO -> listener.empty();
            default -> {}
        }
    }

    private void started(long pid) {
        HANDLE process = Kernel32.INSTANCE.OpenProcess(ProcessConstants.PROCESS_QUERY_INFORMATION, false, (int) pid);
        // The id may be another process's by now.
        if (process != null && contains(process)) {
            String image = ProcessFacts.image(process);
            listener.processStarted(
                    pid,
                    ProcessFacts.parent(process),
                    image.isEmpty() ? null : image,
                    ProcessFacts.commandLine(process));
            keep(pid, process);
        } else {
            Handles.close(process);
            listener.processStarted(pid, 0, null, null);
        }
    }

    private synchronized void keep(long pid, HANDLE process) {
        if (closed || processes.size() >= MAX_OPEN) {
            Handles.close(process);
        } else {
            Handles.close(processes.put(pid, process));
        }
    }

    private void ended(long pid) {
        HANDLE process;
        synchronized (this) {
            process = processes.remove(pid);
        }
        listener.processEnded(pid, status(process));
        Handles.close(process);
    }

    private static @Nullable Integer status(@Nullable HANDLE process) {
        IntByReference status = new IntByReference();
        return process != null && Kernel32.INSTANCE.GetExitCodeProcess(process, status) ? status.getValue() : null;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        forget.run();
        processes.values().forEach(Handles::close);
        processes.clear();
        Handles.close(job);
    }
}

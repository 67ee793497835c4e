package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.accounts.ProfileHiding;
import io.cordon.agent.os.windows.accounts.SandboxLogons;
import io.cordon.agent.os.windows.launch.CallerProcess;
import io.cordon.agent.os.windows.launch.DesktopPlan;
import io.cordon.agent.os.windows.launch.JobLimits;
import io.cordon.agent.os.windows.launch.JobListener;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.PseudoConsolePlan;
import java.util.List;

/** Windows itself. */
public final class NativeMachine implements Machine {
    private final LogonSource logons;
    private final NativeJobs jobs;

    /** @throws LaunchException when not even a completion port can be had */
    public NativeMachine(SandboxLogons logons, ProfileHiding profiles) throws LaunchException {
        this(new NativeLogons(logons, profiles));
    }

    NativeMachine(LogonSource logons) throws LaunchException {
        this.logons = logons;
        this.jobs = new NativeJobs();
    }

    @Override
    public Logon logOn(SandboxAccount account, List<Sid> groups) throws LaunchException {
        return logons.logOn(account, groups);
    }

    @Override
    public CallerLogon asCaller(CallerProcess caller) throws LaunchException {
        return NativeCallerLogon.of(caller);
    }

    @Override
    public Desktop desktop(DesktopPlan plan) throws LaunchException {
        return NativeDesktop.create(plan);
    }

    @Override
    public Job job(JobLimits limits, JobListener listener) throws LaunchException {
        return jobs.create(limits, listener);
    }

    @Override
    public Stream take(CallerProcess caller, long value) throws LaunchException {
        return NativeStream.take(caller, value);
    }

    @Override
    public Stream nothing() throws LaunchException {
        return NativeStream.nothing();
    }

    @Override
    public PseudoConsole pseudoConsole(CallerProcess caller, PseudoConsolePlan plan) throws LaunchException {
        return NativePseudoConsole.create(caller, plan);
    }

    @Override
    public Capture capture() throws LaunchException {
        return NativeCapture.create();
    }
}

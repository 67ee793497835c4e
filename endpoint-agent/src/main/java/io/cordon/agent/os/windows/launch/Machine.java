package io.cordon.agent.os.windows.launch;

import io.cordon.agent.os.windows.SandboxAccount;
import io.cordon.agent.os.windows.Sid;
import java.io.InputStream;
import java.util.List;

/**
 * What starting a confined process takes of Windows. Everything that is handed out is the taker's to close; closing is harmless
 * twice, and never fails.
 */
public interface Machine {
    /**
     * Logs on and loads the profile, which must be the account's own and no temporary one.
     *
     * @param groups that the logon's token has besides the account's own, all enabled
     * @throws LaunchException also when Windows gives a token without one of them
     */
    Logon logOn(SandboxAccount account, List<Sid> groups) throws LaunchException;

    /** The caller's own token. */
    CallerLogon asCaller(CallerProcess caller) throws LaunchException;

    /** A window station and a desktop in it, for one logon. */
    Desktop desktop(DesktopPlan plan) throws LaunchException;

    /** @param listener called from one thread for all jobs; must not block */
    Job job(JobLimits limits, JobListener listener) throws LaunchException;

    /** Duplicates a handle of the caller's process into this one. */
    Stream take(CallerProcess caller, long value) throws LaunchException;

    /** The null device. */
    Stream nothing() throws LaunchException;

    /** Pipes for a pseudo console, whose far ends are duplicated into the caller's process. */
    PseudoConsole pseudoConsole(CallerProcess caller, PseudoConsolePlan plan) throws LaunchException;

    /** A pipe into which a process writes and from which this one reads. */
    Capture capture() throws LaunchException;

    /** Something of Windows that has to be given back. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** A logon session. */
    interface Logon extends Held {
        Sid account();

        /** Of this session alone. */
        Sid logonSid();

        /** Folder of the profile, without a backslash at its end. */
        String profile();

        /** The file system as this account sees it. */
        FileLookup files();

        Token restrict(TokenPlan plan) throws LaunchException;
    }

    /** The token of a caller, as its process has it. */
    interface CallerLogon extends Held {
        FileLookup files();

        /** Closed with this. */
        Token token();
    }

    /** A token that processes can be started with. */
    interface Token extends Held {
        /** Starts it suspended, in its job from the first instruction. */
        Suspended start(StartPlan plan) throws LaunchException;
    }

    /** Station and desktop, as {@code STARTUPINFO.lpDesktop} names them. */
    interface Desktop extends Held {
        String name();
    }

    /** A job; closing it kills whatever is in it. */
    interface Job extends Held {
        long handle();

        void terminate(int status);

        Usage usage() throws LaunchException;
    }

    /**
     * @param peakBytes committed by the whole job at once
     * @param cpuMicros of all its processes, user and kernel
     * @param active processes now
     */
    record Usage(long peakBytes, long cpuMicros, int active) {}

    /** A handle that a process is given as one of its standard handles. */
    interface Stream extends Held {
        long handle();

        Kind kind();

        /** What a handle leads to. */
        enum Kind {
            FILE,
            DIRECTORY,
            PIPE,
            NULL_DEVICE,
            CHARACTER_DEVICE,
            CONSOLE,
            SOCKET,
            OTHER
        }
    }

    /** The pipes of a pseudo console that {@code cordon-console.exe} makes as the run. */
    interface PseudoConsole extends Held {
        PseudoConsolePlan plan();

        /** What it is given: where typing comes from, where showing goes to, where new sizes come from. */
        List<Long> handles();

        ConsoleEnds ends();

        /** It has its own of {@link #handles}. */
        void release();

        /** Never waits; a size that cannot be told is lost. */
        void resize(int columns, int rows);
    }

    /** Both ends of a pipe. */
    interface Capture extends Held {
        /** The end that is inherited. */
        Stream writeEnd();

        /** Ends when every write end is closed. */
        InputStream output();
    }

    /** A process that has not run yet. */
    interface Suspended extends Held {
        long pid();

        void resume() throws LaunchException;

        /** Waits for its end; the exit status, all 32 bits. */
        int await() throws LaunchException;
    }
}

package io.cordon.agent.os.windows.win32;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.PointerByReference;
import io.cordon.agent.os.windows.launch.CallerProcess;
import io.cordon.agent.os.windows.launch.ConsoleEnds;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.PseudoConsolePlan;
import org.jspecify.annotations.Nullable;

/**
 * A pseudo console. Its host process runs as this one does and outside the run's job: the system has no documented way to start
 * it as somebody else.
 */
final class NativePseudoConsole implements Machine.PseudoConsole {
    private static final System.Logger LOG = System.getLogger(NativePseudoConsole.class.getName());
    private static final String STAGE = "console";
    private static final Kernel32Processes KERNEL32 = Kernel32Processes.Library.KERNEL32;

    /** How long what was shown may take to be read. */
    private static final long DRAIN_MILLIS = 5000;

    private final Pointer console;
    private final ConsoleEnds ends;

    /** Where nobody types: a console whose input ends takes itself for abandoned. */
    private final Handles.@Nullable Owned keptInput;

    private boolean closed;

    private NativePseudoConsole(Pointer console, ConsoleEnds ends, Handles.@Nullable Owned keptInput) {
        this.console = console;
        this.ends = ends;
        this.keptInput = keptInput;
    }

    static NativePseudoConsole create(CallerProcess caller, PseudoConsolePlan plan) throws LaunchException {
        Pipe input = Pipe.create();
        try (Handles.Owned read = input.read();
                Pipe output = Pipe.create();
                NativeStream nothing = NativeStream.nothing()) {
            // A console that can no longer show anything takes itself for abandoned, too.
            HANDLE shown = plan.output() ? output.write().get() : Handles.of(nothing.handle());
            PointerByReference made = new PointerByReference();
            int result = KERNEL32.CreatePseudoConsole(
                    new Kernel32Processes.COORD.ByValue(plan.columns(), plan.rows()), read.get(), shown, 0, made);
            if (result != 0) {
                throw Handles.failure(STAGE, "CreatePseudoConsole", result);
            }
            return handedOver(
                    made.getValue(), caller, plan, input.write(), output.read().get());
        } catch (LaunchException e) {
            input.write().close();
            throw e;
        }
    }

    private static NativePseudoConsole handedOver(
            Pointer console, CallerProcess caller, PseudoConsolePlan plan, Handles.Owned input, HANDLE output)
            throws LaunchException {
        try {
            ConsoleEnds ends = new ConsoleEnds(
                    plan.input() ? give(caller, input.get()) : 0, plan.output() ? give(caller, output) : 0);
            if (plan.input()) {
                input.close();
            }
            return new NativePseudoConsole(console, ends, plan.input() ? null : input);
        } catch (LaunchException e) {
            KERNEL32.ClosePseudoConsole(console);
            throw e;
        }
    }

    private static long give(CallerProcess caller, HANDLE end) throws LaunchException {
        HANDLEByReference given = new HANDLEByReference();
        if (!Kernel32.INSTANCE.DuplicateHandle(
                Handles.self(),
                end,
                Handles.of(caller.handle()),
                given,
                0,
                false,
                ProcessConstants.DUPLICATE_SAME_ACCESS)) {
            throw Handles.failure(STAGE, "DuplicateHandle into process " + caller.pid());
        }
        return Handles.value(given.getValue());
    }

    @Override
    public long handle() {
        return Pointer.nativeValue(console);
    }

    @Override
    public ConsoleEnds ends() {
        return ends;
    }

    @Override
    public synchronized void resize(int columns, int rows) {
        if (!closed) {
            int result = KERNEL32.ResizePseudoConsole(console, new Kernel32Processes.COORD.ByValue(columns, rows));
            if (result != 0) {
                LOG.log(System.Logger.Level.DEBUG, Handles.text("ResizePseudoConsole", result));
            }
        }
    }

    /** Older systems wait in the call until everything is read, however long the reader takes. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Thread closing = new Thread(null, () -> KERNEL32.ClosePseudoConsole(console), "console-close", 256 * 1024);
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(DRAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (keptInput != null) {
            keptInput.close();
        }
    }
}

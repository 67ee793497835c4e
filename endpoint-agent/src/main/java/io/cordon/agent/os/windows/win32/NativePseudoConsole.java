package io.cordon.agent.os.windows.win32;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.WinNT.HANDLEByReference;
import com.sun.jna.ptr.IntByReference;
import io.cordon.agent.os.windows.launch.CallerProcess;
import io.cordon.agent.os.windows.launch.ConsoleEnds;
import io.cordon.agent.os.windows.launch.LaunchException;
import io.cordon.agent.os.windows.launch.Machine;
import io.cordon.agent.os.windows.launch.PseudoConsolePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pipes of a console that {@code cordon-console.exe} makes; nothing here reads what a run writes. */
final class NativePseudoConsole implements Machine.PseudoConsole {
    private static final System.Logger LOG = System.getLogger(NativePseudoConsole.class.getName());
    private static final String STAGE = "console";
    private static final int SIZE_BYTES = 4;

    private final PseudoConsolePlan plan;
    private final Handles.Owned typed;
    private final Handles.Owned shown;
    private final Handles.Owned sizes;
    private final Handles.Owned control;
    private final ConsoleEnds ends;

    /** Where nobody types: a console whose input ends takes itself for abandoned. */
    private final Handles.@Nullable Owned keptInput;

    /** After half a size, the next would be misread. */
    private boolean deaf;

    private NativePseudoConsole(
            PseudoConsolePlan plan,
            Handles.Owned typed,
            Handles.Owned shown,
            Pipe sizes,
            ConsoleEnds ends,
            Handles.@Nullable Owned keptInput) {
        this.plan = plan;
        this.typed = typed;
        this.shown = shown;
        this.sizes = sizes.read();
        this.control = sizes.write();
        this.ends = ends;
        this.keptInput = keptInput;
    }

    static NativePseudoConsole create(CallerProcess caller, PseudoConsolePlan plan) throws LaunchException {
        Pipe input = Pipe.create();
        Pipe output = null;
        Pipe sizes = null;
        Handles.Owned shown = null;
        try {
            output = Pipe.create();
            sizes = Pipe.create();
            // A console that can no longer show anything takes itself for abandoned, too.
            shown = plan.output()
                    ? output.write()
                    : new Handles.Owned(Handles.of(NativeStream.nothing().handle()));
            for (Handles.Owned each : List.of(input.read(), shown, sizes.read())) {
                inheritable(each.get());
            }
            neverWaiting(sizes.write().get());
            ConsoleEnds ends = new ConsoleEnds(
                    plan.input() ? give(caller, input.write().get()) : 0,
                    plan.output() ? give(caller, output.read().get()) : 0);
            output.read().close();
            if (plan.input()) {
                input.write().close();
            }
            if (!plan.output()) {
                output.write().close();
            }
            return new NativePseudoConsole(plan, input.read(), shown, sizes, ends, plan.input() ? null : input.write());
        } catch (LaunchException e) {
            input.close();
            if (output != null) {
                output.close();
            }
            if (sizes != null) {
                sizes.close();
            }
            if (shown != null) {
                shown.close();
            }
            throw e;
        }
    }

    private static void inheritable(HANDLE handle) throws LaunchException {
        if (!Kernel32.INSTANCE.SetHandleInformation(
                handle, ProcessConstants.HANDLE_FLAG_INHERIT, ProcessConstants.HANDLE_FLAG_INHERIT)) {
            throw Handles.failure(STAGE, "SetHandleInformation");
        }
    }

    /** A run that reads no sizes must not hold the service up. */
    private static void neverWaiting(HANDLE pipe) throws LaunchException {
        if (!Kernel32.INSTANCE.SetNamedPipeHandleState(
                pipe, new IntByReference(ProcessConstants.PIPE_NOWAIT), null, null)) {
            throw Handles.failure(STAGE, "SetNamedPipeHandleState");
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
    public PseudoConsolePlan plan() {
        return plan;
    }

    @Override
    public List<Long> handles() {
        return List.of(Handles.value(typed.get()), Handles.value(shown.get()), Handles.value(sizes.get()));
    }

    @Override
    public ConsoleEnds ends() {
        return ends;
    }

    @Override
    public void release() {
        typed.close();
        shown.close();
        sizes.close();
    }

    @Override
    public synchronized void resize(int columns, int rows) {
        if (deaf) {
            return;
        }
        byte[] size = {(byte) columns, (byte) (columns >> 8), (byte) rows, (byte) (rows >> 8)};
        IntByReference written = new IntByReference();
        boolean told = Kernel32.INSTANCE.WriteFile(control.get(), size, SIZE_BYTES, written, null);
        if (!told || written.getValue() != SIZE_BYTES) {
            LOG.log(System.Logger.Level.DEBUG, Handles.text("a console takes no more sizes", Native.getLastError()));
            deaf = true;
        }
    }

    @Override
    public synchronized void close() {
        deaf = true;
        release();
        control.close();
        if (keptInput != null) {
            keptInput.close();
        }
    }
}

package io.cordon.agent.os.windows.launch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The streams of a run: the caller's own where they are redirected, a pseudo console where they are its console. */
final class CallerStreams implements Wiring.Source {
    private static final String STAGE = "handles";

    private final CallerProcess caller;
    private final StandardHandles handles;

    CallerStreams(CallerProcess caller, StandardHandles handles) {
        this.caller = caller;
        this.handles = handles;
    }

    @Override
    public Wiring wire(Machine machine, Undo undo) throws LaunchException {
        Machine.@Nullable PseudoConsole console = null;
        if (handles.anyConsole()) {
            console = undo.add(machine.pseudoConsole(
                    caller,
                    new PseudoConsolePlan(
                            handles.columns(),
                            handles.rows(),
                            handles.input().console(),
                            handles.output().console() || handles.error().console())));
        }
        return new Wiring(
                Arrays.asList(
                        stream(machine, undo, "stdin", handles.input()),
                        stream(machine, undo, "stdout", handles.output()),
                        stream(machine, undo, "stderr", handles.error())),
                console);
    }

    private Machine.@Nullable Stream stream(Machine machine, Undo undo, String name, StandardHandles.Stream given)
            throws LaunchException {
        if (given.console()) {
            return null;
        }
        if (given.value() == 0) {
            return undo.add(machine.nothing());
        }
        Machine.Stream taken = undo.add(machine.take(caller, given.value()));
        switch (taken.kind()) {
            case FILE, PIPE, NULL_DEVICE, CHARACTER_DEVICE -> {
                return taken;
            }
            // Through a folder's handle files open that the sandbox account cannot name.
            case DIRECTORY -> throw refused(name, "a folder");
            // It would be a way past the network fence.
            case SOCKET -> throw refused(name, "a socket");
            // Whoever holds it can type into the caller's console.
            case CONSOLE -> throw refused(name, "a console that was not announced as one");
            case OTHER -> throw refused(name, "no stream");
        }
        throw new AssertionError(taken.kind());
    }

    private static LaunchException refused(String name, String what) {
        return new LaunchException(STAGE, name + " is " + what + " (expected: a file, a pipe or a device)");
    }
}

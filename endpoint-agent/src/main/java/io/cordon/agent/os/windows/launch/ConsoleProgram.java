package io.cordon.agent.os.windows.launch;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The start of a program by {@code cordon-console.exe}, which makes its console as the run itself and in its job: a console that the
 * service made would be hosted by a process of the system, which then reads what confined programs write.
 */
final class ConsoleProgram {
    /** It and the console's host count as processes of the job. */
    static final int PROCESSES = 2;

    private static final String STAGE = "console";

    private ConsoleProgram() {}

    /**
     * @param helper full path of {@code cordon-console.exe}
     * @param streams of the program, 0 where the console is meant
     */
    static Program of(String helper, Machine.PseudoConsole console, List<Long> streams, Program program)
            throws LaunchException {
        PseudoConsolePlan size = console.plan();
        String numbers = java.util.stream.Stream.of(
                        List.of((long) size.columns(), (long) size.rows()), console.handles(), streams)
                .flatMap(List::stream)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
        String line = "\"" + helper + "\" " + numbers + " \"" + program.application() + "\" " + program.commandLine();
        if (helper.indexOf('"') >= 0 || program.application().indexOf('"') >= 0) {
            throw new LaunchException(STAGE, "a path with a quotation mark (expected: one that Windows takes)");
        }
        if (line.length() >= CommandLine.MAX) {
            throw new LaunchException(
                    STAGE,
                    "command line: " + program.commandLine().length()
                            + " characters, too many for a run with a console (expected: fewer than "
                            + (CommandLine.MAX
                                    - line.length()
                                    + program.commandLine().length())
                            + "); redirect input and output");
        }
        return new Program(helper, line);
    }
}

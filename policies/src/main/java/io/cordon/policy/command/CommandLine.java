package io.cordon.policy.command;

import java.util.List;

/**
 * A command taken apart.
 *
 * @param commands every command that can be seen: the given one, and those that it starts
 * @param unknowns why the commands are not all of it, one phrase each; empty when they are
 */
public record CommandLine(List<SimpleCommand> commands, List<String> unknowns) {

    public CommandLine {
        commands = List.copyOf(commands);
        unknowns = List.copyOf(unknowns);
    }

    /** An argument vector, as a program is started with. Wrappers and shells in it are unwrapped. */
    public static CommandLine of(List<String> argv) {
        Collector collector = new Collector();
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            collector.unknown("no command");
        } else {
            collector.add(SimpleCommand.of(argv.stream().map(Word::literal).toList()));
        }
        return collector.result();
    }

    /** A line as typed into a POSIX shell. */
    public static CommandLine ofShell(String line) {
        Collector collector = new Collector();
        collector.posix(line, SimpleCommand.of(List.of(Word.literal("sh"))));
        return collector.result();
    }
}

package io.cordon.policy.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Gathers the commands of one line while it is taken apart, within bounds. */
final class Collector {

    private static final int DEEPEST = 8;
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int MOST_COMMANDS = 1000;

    private final List<SimpleCommand> commands = new ArrayList<>();
    private final Set<String> unknowns = new LinkedHashSet<>();
    private int depth;

    CommandLine result() {
        return new CommandLine(commands, List.copyOf(unknowns));
    }

    void unknown(String why) {
        unknowns.add(why);
    }

    /** How many commands there are; with {@link #namesSince} a place to come back to. */
    int size() {
        return commands.size();
    }

    Set<String> namesSince(int start) {
        Set<String> names = new TreeSet<>();
        commands.subList(start, commands.size()).forEach(command -> names.add(command.name()));
        return names;
    }

    /** Adds the command and everything that it starts. */
    void add(SimpleCommand command) {
        if (commands.size() >= MOST_COMMANDS) {
            unknown("more than " + MOST_COMMANDS + " commands");
            return;
        }
        if (!command.words().get(0).isKnown()) {
            unknown("a command word that is not known before it runs");
        }
        int place = commands.size();
        commands.add(command);
        deeper(() -> {
            if (Unwrapper.unwrap(command, this)) {
                commands.set(place, command.asCarrier());
            }
        });
    }

    /** Takes apart a POSIX shell line that the command runs. */
    void posix(String line, SimpleCommand by) {
        bounded(line, () -> new PosixShell(line, this, by).run());
    }

    /** Takes apart a line for the Windows command interpreter. */
    void cmd(String line, SimpleCommand by) {
        bounded(line, () -> CmdShell.split(line, this, by));
    }

    /** Takes apart a PowerShell line. */
    void powerShell(String line, SimpleCommand by) {
        bounded(line, () -> PowerShellLine.split(line, this, by));
    }

    private void bounded(String line, Runnable splitting) {
        if (line.length() > LONGEST_LINE) {
            unknown("a line of more than " + LONGEST_LINE + " characters");
        } else {
            deeper(splitting);
        }
    }

    private void deeper(Runnable step) {
        if (depth >= DEEPEST * 2) {
            unknown("commands nested more than " + DEEPEST + " deep");
            return;
        }
        depth++;
        step.run();
        depth--;
    }
}

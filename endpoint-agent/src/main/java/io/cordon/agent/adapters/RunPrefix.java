package io.cordon.agent.adapters;

import java.util.List;

/** How a command line begins that Cordon's hook has put in place of another: the hook writes it, and rules know it again by it. */
public final class RunPrefix {
    private RunPrefix() {}

    /**
     * The first words.
     *
     * @param asked whether it only runs if the developer was asked
     */
    public static List<String> words(String cordon, boolean asked) {
        return asked ? List.of(cordon, "run", "--asked") : List.of(cordon, "run");
    }

    /** Of one that was decided on, and is confined when it runs, as the vendor's shell on this machine reads it. */
    public static String confined(Surroundings machine) {
        return line(machine, false);
    }

    /** Of one that the developer is to be asked about first. */
    public static String asked(Surroundings machine) {
        return line(machine, true);
    }

    private static String line(Surroundings machine, boolean asked) {
        List<String> words = words(machine.cordon(), asked);
        return machine.windows() ? ShellWords.powershell(words) : ShellWords.posix(words);
    }
}

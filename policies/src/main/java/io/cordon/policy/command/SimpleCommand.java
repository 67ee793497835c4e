package io.cordon.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One command: its words, and what matters of its surroundings. */
public final class SimpleCommand {

    private final List<Word> words;
    private final boolean carrier;
    private final boolean assigned;
    private final Set<String> upstream;

    /**
     * @param words the command word and its arguments; at least one
     * @param carrier whether it only starts other commands, which stand beside it
     * @param assigned whether variables are set for it
     * @param upstream names of the commands before it in its pipeline
     */
    SimpleCommand(List<Word> words, boolean carrier, boolean assigned, Set<String> upstream) {
        this.words = List.copyOf(words);
        this.carrier = carrier;
        this.assigned = assigned;
        this.upstream = Set.copyOf(upstream);
    }

    static SimpleCommand of(List<Word> words) {
        return new SimpleCommand(words, false, false, Set.of());
    }

    List<Word> words() {
        return words;
    }

    /** True for a command that only starts others, such as {@code env} or {@code sh -c}: those stand beside it. */
    public boolean isCarrier() {
        return carrier;
    }

    boolean isAssigned() {
        return assigned;
    }

    Set<String> upstream() {
        return upstream;
    }

    SimpleCommand asCarrier() {
        return new SimpleCommand(words, true, assigned, upstream);
    }

    SimpleCommand withAssignments() {
        return new SimpleCommand(words, carrier, true, upstream);
    }

    /** What this command starts: other words in the same surroundings. */
    SimpleCommand starting(List<Word> inner) {
        return new SimpleCommand(inner, false, assigned, upstream);
    }

    SimpleCommand downstreamOf(Set<String> names) {
        Set<String> all = new TreeSet<>(upstream);
        all.addAll(names);
        return new SimpleCommand(words, carrier, assigned, all);
    }

    /** The command's name: the last component of its path, lower case, without {@code .exe} and the like. */
    String name() {
        return CommandName.of(words.get(0).text());
    }

    /** The words for people; what is not known shows as {@code …}. */
    public List<String> argv() {
        List<String> shown = new ArrayList<>();
        words.forEach(word -> shown.add(word.shown()));
        return shown;
    }

    @Override
    public String toString() {
        return String.join(" ", argv());
    }
}

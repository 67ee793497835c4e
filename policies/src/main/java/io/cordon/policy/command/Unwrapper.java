package io.cordon.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the commands that a command starts, and adds them to the collector. */
final class Unwrapper {

    private static final Pattern ASSIGNMENT = Pattern.compile("(?s)[A-Za-z_][A-Za-z0-9_]*\\+?=.*");
    private static final Pattern GIT_PROGRAM = Pattern.compile("git-[a-z][a-z-]*");
    private static final Set<String> HIDING = Set.of("eval", "alias", "trap", "iex", "invoke-expression");
    private static final Set<String> FIND_STARTS = Set.of("-exec", "-execdir", "-ok", "-okdir");

    private Unwrapper() {}

    /** True when the command is only the carrier of what it starts. */
    static boolean unwrap(SimpleCommand command, Collector into) {
        String name = command.name();
        if (HIDING.contains(name)) {
            into.unknown(name + " runs what cannot be seen");
            return false;
        }
        if (Shells.isShell(name)) {
            return Shells.unwrap(command, name, into);
        }
        if (name.equals("find") || name.equals("fd")) {
            find(command, into);
            return false;
        }
        if (name.equals("su") || name.equals("script") || name.equals("runuser") || name.equals("flock")) {
            lineOption(command, into);
        }
        if (GIT_PROGRAM.matcher(name).matches()) {
            into.add(command.starting(gitWords(command, name)));
            return true;
        }
        Wrapper wrapper = Wrapper.named(name);
        return wrapper != null && wrapped(command, name, wrapper, into);
    }

    private static boolean wrapped(SimpleCommand command, String name, Wrapper wrapper, Collector into) {
        List<Word> words = command.words();
        int operands = wrapper.operands();
        boolean assigned = command.isAssigned();
        int i = 1;
        for (; i < words.size(); i++) {
            Word word = words.get(i);
            if (word.mayBeOption() && !word.text().equals("--")) {
                if (isQuestion(name, word)) {
                    return false;
                }
                if (name.equals("env") && isSplitString(word, words, i, command, into)) {
                    return true;
                }
                i += wrapper.valued().contains(word.text()) ? 1 : 0;
            } else if (wrapper.assignments() && ASSIGNMENT.matcher(word.text()).matches()) {
                assigned = true;
            } else if (!word.text().equals("--") && operands-- <= 0) {
                break;
            }
        }
        if (i >= words.size()) {
            return false;
        }
        List<Word> inner = new ArrayList<>(words.subList(i, words.size()));
        if (wrapper.appends()) {
            inner.add(Word.ANYTHING);
        }
        if (name.equals("watch") && inner.size() == 1) {
            into.posix(inner.get(0).text(), command);
            return true;
        }
        SimpleCommand started = command.starting(inner);
        into.add(assigned ? started.withAssignments() : started);
        return wrapper.carrier();
    }

    /** {@code command -v x} only asks where x is. */
    private static boolean isQuestion(String name, Word option) {
        return name.equals("command")
                && (option.text().equals("-v") || option.text().equals("-V"));
    }

    private static boolean isSplitString(Word option, List<Word> words, int at, SimpleCommand command, Collector into) {
        String text = option.text();
        String line;
        int rest = at + 1;
        if (text.startsWith("--split-string=")) {
            line = text.substring("--split-string=".length());
        } else if (text.startsWith("-S") && text.length() > 2) {
            line = text.substring(2);
        } else if (text.matches("-[a-zA-Z]*S|--split-string") && rest < words.size()) {
            line = words.get(rest++).text();
        } else {
            return false;
        }
        StringBuilder whole = new StringBuilder(line);
        words.subList(rest, words.size()).forEach(word -> whole.append(' ').append(PosixShell.quote(word.text())));
        into.posix(whole.toString(), command.withAssignments());
        return true;
    }

    private static void lineOption(SimpleCommand command, Collector into) {
        List<Word> words = command.words();
        for (int i = 1; i < words.size(); i++) {
            String text = words.get(i).text();
            if ((text.equals("-c") || text.equals("--command")) && i + 1 < words.size()) {
                into.posix(words.get(i + 1).text(), command);
            } else if (text.startsWith("--command=")) {
                into.posix(text.substring("--command=".length()), command);
            }
        }
    }

    private static void find(SimpleCommand command, Collector into) {
        List<Word> words = command.words();
        for (int i = 1; i < words.size(); i++) {
            if (!FIND_STARTS.contains(words.get(i).text())) {
                continue;
            }
            List<Word> inner = new ArrayList<>();
            for (i++; i < words.size() && !words.get(i).text().equals(";"); i++) {
                Word word = words.get(i);
                boolean last =
                        word.text().equals("+") && words.get(i - 1).text().equals("{}");
                if (last) {
                    break;
                }
                inner.add(new Word(word.text().replace("{}", String.valueOf(Word.ANY_RUN)), false));
            }
            if (!inner.isEmpty()) {
                into.add(command.starting(inner));
            }
        }
    }

    private static List<Word> gitWords(SimpleCommand command, String name) {
        List<Word> words = new ArrayList<>();
        words.add(Word.literal("git"));
        words.add(Word.literal(name.substring("git-".length())));
        words.addAll(command.words().subList(1, command.words().size()));
        return words;
    }
}

package io.cordon.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes a line of the Windows command interpreter apart. */
final class CmdShell {

    private static final Set<String> COMPOUND = Set.of("if", "for", "goto", "setlocal");

    private final String line;
    private final Collector collector;
    private final SimpleCommand by;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private Set<String> upstream;

    private CmdShell(String line, Collector collector, SimpleCommand by) {
        this.line = line;
        this.collector = collector;
        this.by = by;
        this.upstream = by.upstream();
    }

    static void split(String line, Collector collector, SimpleCommand by) {
        String bare = line.strip();
        boolean wrapped = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        new CmdShell(wrapped ? bare.substring(1, bare.length() - 1) : bare, collector, by).run();
    }

    private void run() {
        boolean quoted = false;
        int start = collector.size();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                inWord = true;
            } else if (c == '%' || c == '!') {
                i = variable(i);
            } else if (!quoted && c == '^' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (!quoted && "&|\r\n()".indexOf(c) >= 0) {
                endCommand();
                boolean pipe = c == '|' && (i + 1 >= line.length() || line.charAt(i + 1) != '|');
                i += i + 1 < line.length() && line.charAt(i + 1) == c ? 1 : 0;
                upstream = pipe ? collector.namesSince(start) : by.upstream();
                start = pipe ? start : collector.size();
            } else if (!quoted && (c == '<' || c == '>')) {
                endWord();
                i = redirection(i);
            } else if (!quoted && " \t,;=".indexOf(c) >= 0) {
                separate(c);
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quoted) {
            collector.unknown("unbalanced quotes");
        }
        endCommand();
    }

    /** In arguments {@code =} and {@code ,} belong to the word for most programs; before the command they separate. */
    private void separate(char c) {
        if ((c == '=' || c == ',' || c == ';') && !words.isEmpty() && inWord) {
            word.append(c);
        } else {
            endWord();
        }
    }

    private int variable(int at) {
        int end = line.indexOf(line.charAt(at), at + 1);
        inWord = true;
        if (end < 0) {
            word.append(line.charAt(at));
            return at;
        }
        word.append(Word.ANY_RUN);
        return end;
    }

    private int redirection(int at) {
        int i = at + 1;
        while (i < line.length() && (line.charAt(i) == '>' || line.charAt(i) == '&' || line.charAt(i) == ' ')) {
            i++;
        }
        while (i < line.length() && " \t&|<>()\r\n".indexOf(line.charAt(i)) < 0) {
            i++;
        }
        return i - 1;
    }

    private void endWord() {
        if (inWord) {
            String text = word.toString();
            boolean at = words.isEmpty() && text.startsWith("@");
            words.add(new Word(at ? text.substring(1) : text, text.indexOf(Word.ANY_RUN) >= 0));
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty() && !words.get(0).text().isEmpty()) {
            if (COMPOUND.contains(words.get(0).text().toLowerCase(Locale.ROOT))) {
                collector.unknown(words.get(0).text() + " is not taken apart");
            }
            collector.add(new SimpleCommand(words, false, by.isAssigned(), upstream));
        }
        words.clear();
    }
}

package io.cordon.policy.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes a PowerShell line apart; every expression beyond plain commands is unknown. */
final class PowerShellLine {

    private static final String QUOTES = "'\"‘’“”";

    private final String line;
    private final Collector collector;
    private final SimpleCommand by;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private Set<String> upstream;

    private PowerShellLine(String line, Collector collector, SimpleCommand by) {
        this.line = line;
        this.collector = collector;
        this.by = by;
        this.upstream = by.upstream();
    }

    static void split(String line, Collector collector, SimpleCommand by) {
        if (line.strip().equals("-")) {
            collector.unknown("a shell that reads its commands from its input");
            return;
        }
        new PowerShellLine(line, collector, by).run();
    }

    private void run() {
        int start = collector.size();
        // A redirection's file stays an argument: a rule may mean it, and nothing is lost.
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (QUOTES.indexOf(c) >= 0) {
                i = quoted(i);
            } else if (c == '`' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
                inWord = true;
            } else if (c == '$' || c == '@') {
                i = variable(i);
            } else if (c == '#' && !inWord) {
                int end = line.indexOf('\n', i);
                i = end < 0 ? line.length() : end - 1;
            } else if (";|\r\n(){}&".indexOf(c) >= 0) {
                boolean call = c == '&' && words.isEmpty() && !inWord && !line.startsWith("&&", i);
                if (call) {
                    continue;
                }
                endCommand();
                if ("(){}".indexOf(c) >= 0) {
                    collector.unknown("a PowerShell expression or script block");
                }
                boolean twice = i + 1 < line.length() && line.charAt(i + 1) == c;
                boolean pipe = c == '|' && !twice;
                i += twice && (c == '&' || c == '|') ? 1 : 0;
                upstream = pipe ? collector.namesSince(start) : by.upstream();
                start = pipe ? start : collector.size();
            } else if (c == '>' || c == '<') {
                endWord();
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                word.append(c);
                inWord = true;
            }
        }
        endCommand();
    }

    private int quoted(int open) {
        boolean single = "'‘’".indexOf(line.charAt(open)) >= 0;
        inWord = true;
        for (int i = open + 1; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean closes = single ? "'‘’".indexOf(c) >= 0 : "\"“”".indexOf(c) >= 0;
            if (closes && i + 1 < line.length() && line.charAt(i + 1) == c) {
                word.append(c);
                i++;
            } else if (closes) {
                return i;
            } else if (!single && c == '`' && i + 1 < line.length()) {
                word.append(line.charAt(++i));
            } else if (!single && c == '$') {
                i = variable(i);
            } else {
                word.append(c);
            }
        }
        collector.unknown("unbalanced quotes");
        return line.length();
    }

    private int variable(int at) {
        int i = at + 1;
        inWord = true;
        if (i < line.length() && (line.charAt(i) == '(' || line.charAt(i) == '{')) {
            collector.unknown("a PowerShell expression or script block");
        }
        while (i < line.length() && (Character.isLetterOrDigit(line.charAt(i)) || "_:?".indexOf(line.charAt(i)) >= 0)) {
            i++;
        }
        word.append(Word.ANY_RUN);
        return i - 1;
    }

    private void endWord() {
        if (inWord) {
            words.add(new Word(word.toString(), word.indexOf(String.valueOf(Word.ANY_RUN)) >= 0));
        }
        word.setLength(0);
        inWord = false;
    }

    private void endCommand() {
        endWord();
        if (!words.isEmpty() && words.get(0).text().equals(".") && words.size() > 1) {
            words.remove(0);
        }
        if (!words.isEmpty()) {
            collector.add(new SimpleCommand(words, false, by.isAssigned(), upstream));
        }
        words.clear();
    }
}

package io.cordon.policy.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits a POSIX shell line into tokens. What only running would tell becomes an unknown part of a word. */
final class PosixLexer {

    private static final List<String> OPERATORS = List.of(
            "&>>", "<<<", "<<-", "&&", "||", ";;", "|&", "&>", ">>", ">|", ">&", "<&", "<>", "<<", "\n", ";", "&", "|",
            "(", ")", "<", ">");

    private final String text;
    private final PosixExpansion expansion;
    private final Collector collector;
    private final List<PosixToken> tokens = new ArrayList<>();
    private final Deque<PosixToken.HereDoc> pending = new ArrayDeque<>();
    private int at;

    PosixLexer(String text, Collector collector, SimpleCommand by) {
        this.text = text;
        this.collector = collector;
        this.expansion = new PosixExpansion(text, collector, by);
    }

    List<PosixToken> tokens() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("<(", at) || text.startsWith(">(", at)) {
                word();
            } else if (isOperatorStart(c)) {
                operator();
            } else {
                word();
            }
        }
        if (!pending.isEmpty()) {
            collector.unknown("a here-document without an end");
        }
        return tokens;
    }

    private static boolean isOperatorStart(char c) {
        return "\n;&|()<>".indexOf(c) >= 0;
    }

    private void operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                if (operator.equals("<<") || operator.equals("<<-")) {
                    hereDoc(operator.equals("<<-"));
                } else {
                    tokens.add(PosixToken.operator(operator));
                    if (operator.equals("\n")) {
                        readBodies();
                    }
                }
                return;
            }
        }
    }

    private void hereDoc(boolean tabs) {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        int before = tokens.size();
        int start = at;
        if (at < text.length() && !isOperatorStart(text.charAt(at))) {
            word();
        }
        if (tokens.size() == before) {
            collector.unknown("a here-document without a delimiter");
            return;
        }
        PosixToken delimiter = tokens.remove(tokens.size() - 1);
        boolean quoted = delimiter.quoted() || text.substring(start, at).indexOf('\\') >= 0;
        PosixToken.HereDoc document = new PosixToken.HereDoc(delimiter.word().text(), quoted, tabs);
        pending.add(document);
        tokens.add(PosixToken.hereDoc(document));
    }

    private void readBodies() {
        while (!pending.isEmpty()) {
            PosixToken.HereDoc document = pending.peek();
            StringBuilder body = new StringBuilder();
            boolean ended = false;
            while (at < text.length() && !ended) {
                int end = text.indexOf('\n', at);
                String line = text.substring(at, end < 0 ? text.length() : end);
                at = end < 0 ? text.length() : end + 1;
                ended = (document.tabs ? line.replaceFirst("^\t+", "") : line).equals(document.delimiter);
                if (!ended) {
                    body.append(line).append('\n');
                }
            }
            document.body = body.toString();
            if (!ended) {
                return;
            }
            pending.remove();
        }
    }

    private void word() {
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean many = false;
        boolean braces = false;
        int equals = -1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'') {
                quoted = true;
                singleQuoted(word);
            } else if (c == '"') {
                quoted = true;
                doubleQuoted(word);
            } else if (c == '\\') {
                quoted = true;
                if (at + 1 < text.length() && text.charAt(at + 1) != '\n') {
                    word.append(text.charAt(at + 1));
                }
                at += 2;
            } else if (text.startsWith("<(", at) || text.startsWith(">(", at)) {
                collector.unknown("process substitution");
                at = expansion.parentheses(at + 1);
                word.append(Word.ANY_RUN);
            } else if (c == '$' || c == '`') {
                int from = word.length();
                boolean ansi = text.startsWith("$'", at) || text.startsWith("$\"", at);
                at = expansion.expand(at, word);
                quoted |= ansi;
                many |= !ansi && word.length() > from && word.charAt(word.length() - 1) == Word.ANY_RUN;
            } else if (c == ' ' || c == '\t' || c == '\r' || isOperatorStart(c)) {
                break;
            } else {
                equals = c == '=' && equals < 0 ? word.length() : equals;
                braces |= c == '{';
                word.append(pattern(c));
                at++;
            }
        }
        at = Math.min(at, text.length());
        finish(word.toString(), quoted, many, braces, equals);
    }

    /** Unquoted wildcards stand for characters of file names; a bracket expression for one of them. */
    private char pattern(char c) {
        if (c == '*') {
            return Word.NAME_RUN;
        }
        if (c == '?') {
            return Word.ANY_ONE;
        }
        int end = c == '[' ? text.indexOf(']', at + 2) : -1;
        boolean inWord = end > 0 && text.substring(at, end).chars().noneMatch(x -> " \t\n;&|".indexOf(x) >= 0);
        if (inWord) {
            at = end;
            return Word.ANY_ONE;
        }
        return c;
    }

    private void finish(String word, boolean quoted, boolean many, boolean braces, int equals) {
        boolean assignment = equals > 0 && word.substring(0, equals).matches("[A-Za-z_][A-Za-z0-9_]*\\+?");
        boolean descriptor = !quoted
                && !word.isEmpty()
                && word.chars().allMatch(Character::isDigit)
                && at < text.length()
                && (text.charAt(at) == '<' || text.charAt(at) == '>');
        if (descriptor) {
            return;
        }
        boolean expands = braces && word.matches("(?s).*\\{[^{}]*(?:,|\\.\\.).*}.*");
        Word known = expands ? Word.ANYTHING : new Word(word, many);
        tokens.add(PosixToken.word(known, quoted, assignment));
    }

    private void singleQuoted(StringBuilder word) {
        int end = text.indexOf('\'', at + 1);
        if (end < 0) {
            collector.unknown("unbalanced quotes");
        }
        word.append(text, at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
    }

    private void doubleQuoted(StringBuilder word) {
        at = expansion.doubleQuotes(at, word);
    }
}

package io.cordon.policy.command;

/** Quotes, variables and substitutions within a POSIX shell line. Each method returns the index behind what it read. */
final class PosixExpansion {

    private final String text;
    private final Collector collector;
    private final SimpleCommand by;

    PosixExpansion(String text, Collector collector, SimpleCommand by) {
        this.text = text;
        this.collector = collector;
        this.by = by;
    }

    /** Reads from the opening double quote. */
    int doubleQuotes(int open, StringBuilder word) {
        int at = open + 1;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if ("$`\"\\".indexOf(next) >= 0) {
                    word.append(next);
                } else if (next != '\n') {
                    word.append(c).append(next);
                }
                at += 2;
            } else if (c == '`' || (c == '$' && !text.startsWith("$'", at) && !text.startsWith("$\"", at))) {
                at = expand(at, word);
            } else {
                word.append(c);
                at++;
            }
        }
        collector.unknown("unbalanced quotes");
        return at;
    }

    /** Reads from {@code $} or a back quote. */
    int expand(int start, StringBuilder word) {
        if (text.charAt(start) == '`') {
            return backQuotes(start, word);
        }
        char next = start + 1 < text.length() ? text.charAt(start + 1) : ' ';
        if (next == '\'') {
            return ansiQuotes(start + 1, word);
        }
        if (next == '"') {
            return doubleQuotes(start + 1, word);
        }
        if (next == '(' || next == '{') {
            word.append(Word.ANY_RUN);
            if (text.startsWith("$((", start)) {
                return arithmetic(start + 1);
            }
            if (next == '{') {
                return braces(start + 1);
            }
            collector.unknown("command substitution");
            return parentheses(start + 1);
        }
        int end = start + 1;
        if (Character.isLetter(next) || next == '_') {
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
        } else if (Character.isDigit(next) || "@*#?-$!".indexOf(next) >= 0) {
            end++;
        } else {
            word.append('$');
            return end;
        }
        word.append(Word.ANY_RUN);
        return end;
    }

    /** Reads from an opening parenthesis to its end, and takes apart what stands between. */
    int parentheses(int open) {
        int end = closing(open, '(', ')');
        collector.posix(text.substring(open + 1, Math.min(end, text.length())), by);
        return end + 1;
    }

    private int arithmetic(int open) {
        int end = closing(open, '(', ')');
        mentions(text.substring(open, Math.min(end, text.length())));
        return end + 1;
    }

    private int braces(int open) {
        int end = closing(open, '{', '}');
        mentions(text.substring(open, Math.min(end, text.length())));
        return end + 1;
    }

    private void mentions(String inner) {
        if (inner.contains("$(") || inner.indexOf('`') >= 0) {
            collector.unknown("command substitution");
            int from = inner.indexOf("$(");
            if (from >= 0) {
                new PosixExpansion(inner, collector, by).parentheses(from + 1);
            }
        }
    }

    private int backQuotes(int open, StringBuilder word) {
        collector.unknown("command substitution");
        StringBuilder inner = new StringBuilder();
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != '`') {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            at += escape ? 1 : 0;
            inner.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            collector.unknown("unbalanced quotes");
        }
        collector.posix(inner.toString(), by);
        word.append(Word.ANY_RUN);
        return at + 1;
    }

    /** {@code $'…'} with an escape stays unknown: shells differ in what the escapes mean. */
    private int ansiQuotes(int open, StringBuilder word) {
        StringBuilder inner = new StringBuilder();
        int at = open + 1;
        boolean escapes = false;
        while (at < text.length() && text.charAt(at) != '\'') {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            escapes |= escape;
            at += escape ? 1 : 0;
            inner.append(text.charAt(at++));
        }
        if (at >= text.length()) {
            collector.unknown("unbalanced quotes");
        }
        word.append(escapes ? String.valueOf(Word.ANY_RUN) : inner);
        return at + 1;
    }

    /** The index of the closing sign, quotes passed over; the text's length when there is none. */
    private int closing(int open, char opening, char closing) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '\'') {
                int end = text.indexOf('\'', at + 1);
                at = end < 0 ? text.length() : end;
            } else if (c == '"') {
                at = quoteEnd(at);
            } else if (c == opening) {
                depth++;
            } else if (c == closing && --depth == 0) {
                return at;
            }
        }
        collector.unknown("unbalanced quotes");
        return text.length();
    }

    private int quoteEnd(int open) {
        for (int at = open + 1; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                return at;
            }
        }
        return text.length();
    }
}

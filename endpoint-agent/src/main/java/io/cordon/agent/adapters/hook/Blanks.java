package io.cordon.agent.adapters.hook;

/** White space as the readers of vendors take it off a line or a path: all that Rust or JavaScript does, which Java's own does not. */
final class Blanks {
    /** For a class of a regular expression. */
    static final String CLASS =
            "\\t-\\r \\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}\\x{FEFF}";

    private Blanks() {}

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && is(text.charAt(from))) {
            from++;
        }
        while (to > from && is(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean is(char c) {
        return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xFEFF || Character.isSpaceChar(c);
    }
}

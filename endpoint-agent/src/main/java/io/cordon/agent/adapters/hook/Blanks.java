package io.cordon.agent.adapters.hook;

/** White space as the readers of vendors take it off a line or a path: all that Rust or JavaScript does, which Java's own does not. */
final class Blanks {
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

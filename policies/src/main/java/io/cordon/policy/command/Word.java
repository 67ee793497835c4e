package io.cordon.policy.command;

/**
 * One word of a command, as far as it is known without running anything.
 *
 * @param text the characters; {@link #ANY_RUN}, {@link #NAME_RUN} and {@link #ANY_ONE} stand for what is not known
 * @param many whether it may become any number of words, also none
 */
record Word(String text, boolean many) {

    /** Characters that only running would tell. From the private use area: no command has a meaning for it. */
    static final char ANY_RUN = '\uE000';

    /** Characters of file names that an unquoted wildcard would find: no slash, and no tilde, which would not be a home. */
    static final char NAME_RUN = '\uE002';

    /** One character of a file name. */
    static final char ANY_ONE = '\uE001';

    /** Any number of words of which nothing is known. */
    static final Word ANYTHING = new Word(String.valueOf(ANY_RUN), true);

    static Word literal(String text) {
        return new Word(text, false);
    }

    boolean isKnown() {
        return !many && text.chars().noneMatch(c -> isSign((char) c));
    }

    /** True for an option; an unknown word may be one without this saying so. */
    boolean isOption() {
        return text.length() > 1 && text.charAt(0) == '-';
    }

    boolean mayBeOption() {
        return isOption() || (!text.isEmpty() && isSign(text.charAt(0)));
    }

    static boolean isSign(char c) {
        return c == ANY_RUN || c == NAME_RUN || c == ANY_ONE;
    }

    /** For people. */
    String shown() {
        return text.replace(ANY_RUN, '…').replace(NAME_RUN, '*').replace(ANY_ONE, '?');
    }
}

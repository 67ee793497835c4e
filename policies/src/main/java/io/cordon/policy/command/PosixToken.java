package io.cordon.policy.command;

import org.jspecify.annotations.Nullable;

/**
 * A token of a POSIX shell line.
 *
 * @param operator the operator, or empty for a word
 * @param quoted whether any part of the word was quoted, so that it is no reserved word
 * @param assignment whether the word is {@code NAME=value}
 * @param hereDoc the here-document that a {@code <<} operator starts
 */
record PosixToken(
        String operator,
        Word word,
        boolean quoted,
        boolean assignment,
        @Nullable HereDoc hereDoc) {

    static PosixToken operator(String operator) {
        return new PosixToken(operator, Word.literal(""), false, false, null);
    }

    static PosixToken word(Word word, boolean quoted, boolean assignment) {
        return new PosixToken("", word, quoted, assignment, null);
    }

    static PosixToken hereDoc(HereDoc document) {
        return new PosixToken("<<", Word.literal(""), false, false, document);
    }

    boolean isWord() {
        return operator.isEmpty();
    }

    boolean isReserved(String word) {
        return isWord() && !quoted && this.word.text().equals(word);
    }

    boolean isRedirection() {
        return operator.indexOf('<') >= 0 || operator.indexOf('>') >= 0;
    }

    /** A here-document; its body is filled in when the lexer has passed the line. */
    static final class HereDoc {
        final String delimiter;
        final boolean quoted;
        final boolean tabs;
        String body = "";

        HereDoc(String delimiter, boolean quoted, boolean tabs) {
            this.delimiter = delimiter;
            this.quoted = quoted;
            this.tabs = tabs;
        }
    }
}

package io.cordon.policy.document;

/**
 * One thing wrong with a document.
 *
 * @param line counted from 1, 0 when the text has no such place
 * @param column counted from 1
 * @param pointer JSON pointer to the value, empty for the whole document
 * @param message {@code name: value (expected: …)}
 * @param remedy what to do about it, one sentence
 */
public record Problem(int line, int column, String pointer, String message, String remedy) {}

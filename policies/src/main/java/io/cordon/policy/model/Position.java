package io.cordon.policy.model;

/** A place in a document's text, both counted from 1; 0 means "no text" (a built-in value). */
public record Position(int line, int column) {

    /** The place of what no document set. */
    public static final Position NONE = new Position(0, 0);
}

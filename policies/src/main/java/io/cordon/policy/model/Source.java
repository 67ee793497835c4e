package io.cordon.policy.model;

import java.util.Map;

/**
 * Where each value of a document stands in its text.
 *
 * @param name what the reader was told the text is called: a file name or target path
 * @param positions JSON pointer to the position of the member's key, or of the list's item
 */
public record Source(String name, Map<String, Position> positions) {

    public Source {
        positions = Map.copyOf(positions);
    }

    /** The position of the pointer, or of its nearest ancestor that has one. */
    public Position position(String pointer) {
        String at = pointer;
        while (true) {
            Position found = positions.get(at);
            if (found != null) {
                return found;
            }
            int slash = at.lastIndexOf('/');
            if (slash < 0) {
                return Position.NONE;
            }
            at = at.substring(0, slash);
        }
    }
}

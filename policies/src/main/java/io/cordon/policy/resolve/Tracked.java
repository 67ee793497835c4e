package io.cordon.policy.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** A value, and where it comes from. */
record Tracked<T>(T value, Origin origin) {

    /** This, or what both values leave when that is less, which is then the narrowing document's. */
    Tracked<T> narrowedTo(T wanted, Origin by, BinaryOperator<T> narrowest) {
        T both = narrowest.apply(value, wanted);
        return both.equals(value) ? this : new Tracked<>(both, by);
    }

    /** A list of a document, each item with its own place. */
    static <T> List<Tracked<T>> list(PublishedDocument published, String pointer, List<T> values) {
        return list(published, pointer, values, UnaryOperator.identity());
    }

    static <T> List<Tracked<T>> list(
            PublishedDocument published, String pointer, List<T> values, UnaryOperator<T> change) {
        List<Tracked<T>> tracked = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            tracked.add(new Tracked<>(change.apply(values.get(i)), Origin.of(published, pointer + "/" + i)));
        }
        return tracked;
    }
}

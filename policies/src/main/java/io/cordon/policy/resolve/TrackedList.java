package io.cordon.policy.resolve;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A list under construction: who set it, and where each item comes from. Keeps the first of equal items. */
final class TrackedList<T> {

    private Origin origin;
    private List<Tracked<T>> items = new ArrayList<>();

    TrackedList(Origin origin, List<Tracked<T>> items) {
        this.origin = origin;
        addAll(items);
    }

    static <T> TrackedList<T> of(PublishedDocument published, String pointer, List<T> values) {
        return new TrackedList<>(Origin.of(published, pointer), Tracked.list(published, pointer, values));
    }

    Origin origin() {
        return origin;
    }

    List<Tracked<T>> items() {
        return items;
    }

    List<T> values() {
        return items.stream().map(Tracked::value).toList();
    }

    void addAll(List<Tracked<T>> more) {
        for (Tracked<T> item : more) {
            if (items.stream().noneMatch(present -> present.value().equals(item.value()))) {
                items.add(item);
            }
        }
    }

    /** Takes items away; false when there were none to take. */
    boolean removeIf(Predicate<T> unwanted) {
        return items.removeIf(item -> unwanted.test(item.value()));
    }

    /** What two values have in common when only equal ones have anything: for {@link #intersect}. */
    static <T> @Nullable T same(T a, T b) {
        return a.equals(b) ? a : null;
    }

    /** Keeps what both lists mean, item by item. An item that changes is the narrowing document's from then on. */
    void intersect(Origin by, List<Tracked<T>> others, BiFunction<T, T, @Nullable T> both) {
        List<Tracked<T>> before = items;
        items = new ArrayList<>();
        origin = by;
        for (Tracked<T> mine : before) {
            for (Tracked<T> other : others) {
                T common = both.apply(mine.value(), other.value());
                if (common != null) {
                    addAll(List.of(common.equals(mine.value()) ? mine : new Tracked<>(common, other.origin())));
                }
            }
        }
    }
}

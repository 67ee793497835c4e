package io.cordon.agent.os.windows.fence;

import java.util.List;
import java.util.UUID;

/** All that should stand in the filter engine, and nothing else of our provider's. */
public record FilterPlan(Provider provider, SubLayer subLayer, List<Filter> filters) {
    /** Whose filters they are. */
    public record Provider(UUID key, String name, boolean persistent) {}

    /**
     * Where they arbitrate among themselves.
     *
     * @param weight 0 to 65535: the heaviest sublayer is asked first. With our final blocks there, no permit of another product
     *     can come before them
     */
    public record SubLayer(UUID key, String name, int weight, boolean persistent) {}

    /** Ours. */
    public static final Provider PROVIDER = new Provider(FilterKeys.PROVIDER, "Cordon", true);
    /** Ours. */
    public static final SubLayer SUBLAYER = new SubLayer(FilterKeys.SUBLAYER, "Cordon sandbox accounts", 0xffff, true);

    public FilterPlan {
        filters = List.copyOf(filters);
        if (filters.stream().map(Filter::key).distinct().count() != filters.size()) {
            throw new IllegalArgumentException("filters: two with one key (expected: each its own)");
        }
    }
}

package io.cordon.agent.os.windows.win32;

import io.cordon.agent.os.windows.fence.Descriptor;
import io.cordon.agent.os.windows.fence.Filter;
import io.cordon.agent.os.windows.fence.FilterChanges;
import io.cordon.agent.os.windows.fence.FilterEngine;
import io.cordon.agent.os.windows.fence.FilterPlan;
import io.cordon.agent.os.windows.fence.Layer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The machine's filter engine. A session for each call: what is written here is persistent and outlives it. */
public final class NativeFilterEngine implements FilterEngine {
    @Override
    public Installed installed() throws IOException {
        try (FilterSession session = FilterSession.open()) {
            Optional<FilterPlan.Provider> provider = session.provider(FilterPlan.PROVIDER.key());
            Optional<FilterPlan.SubLayer> subLayer = session.subLayer(FilterPlan.SUBLAYER.key());
            Set<UUID> unguarded = new HashSet<>();
            List<Filter> filters = new ArrayList<>();
            if (provider.isPresent()) {
                unguarded.addAll(loose(
                        provider.get().key(),
                        session.accessToProvider(provider.get().key())));
                for (Layer layer : Layer.values()) {
                    filters.addAll(session.filters(FilterPlan.PROVIDER.key(), layer));
                }
            }
            if (subLayer.isPresent()) {
                unguarded.addAll(loose(
                        subLayer.get().key(),
                        session.accessToSubLayer(subLayer.get().key())));
            }
            for (Filter filter : filters) {
                unguarded.addAll(loose(filter.key(), session.accessToFilter(filter.key())));
            }
            return new Installed(provider, subLayer, filters, unguarded);
        }
    }

    private static Set<UUID> loose(UUID key, Optional<Descriptor> access) {
        return access.isPresent() && access.get().isExclusive() ? Set.of() : Set.of(key);
    }

    @Override
    public void apply(FilterChanges changes) throws IOException {
        try (FilterSession session = FilterSession.open()) {
            session.begin();
            boolean committed = false;
            try {
                write(session, changes);
                session.commit();
                committed = true;
            } finally {
                if (!committed) {
                    session.abort();
                }
            }
        }
    }

    private static void write(FilterSession session, FilterChanges changes) throws IOException {
        for (UUID key : changes.removedFilters()) {
            session.deleteFilter(key);
        }
        if (changes.removedSubLayer().isPresent()) {
            session.deleteSubLayer(changes.removedSubLayer().get());
        }
        if (changes.removedProvider().isPresent()) {
            session.deleteProvider(changes.removedProvider().get());
        }
        if (changes.provider().isPresent()) {
            session.add(changes.provider().get());
        }
        if (changes.subLayer().isPresent()) {
            session.add(changes.subLayer().get());
        }
        for (Filter filter : changes.filters()) {
            session.add(filter);
        }
    }
}

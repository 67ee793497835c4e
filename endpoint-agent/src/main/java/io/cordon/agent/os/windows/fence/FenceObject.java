package io.cordon.agent.os.windows.fence;

import io.cordon.agent.os.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something of the fence on the machine, as the ledger knows it. To undo it, it suffices to remove what has the key: there was
 * nothing under it before.
 *
 * @param kind one of the constants
 * @param key GUID, or the rule's name
 * @param content all of it, in one line
 */
record FenceObject(String kind, String key, String name, String content) {
    static final String PROVIDER = "wfp-provider";
    static final String SUBLAYER = "wfp-sublayer";
    static final String FILTER = "wfp-filter";
    static final String RULE = "firewall-rule";

    Change change() {
        return new Change(kind, Map.of("key", key, "name", name, "content", content));
    }

    static FenceObject of(Change change) {
        return new FenceObject(change.kind(), change.detail("key"), change.detail("name"), change.detail("content"));
    }

    boolean isSameThing(FenceObject other) {
        return kind.equals(other.kind) && key.equals(other.key);
    }

    static List<FenceObject> of(FilterPlan plan) {
        return of(Optional.of(plan.provider()), Optional.of(plan.subLayer()), plan.filters());
    }

    static List<FenceObject> of(FilterEngine.Installed installed) {
        return of(installed.provider(), installed.subLayer(), installed.filters());
    }

    private static List<FenceObject> of(
            Optional<FilterPlan.Provider> provider, Optional<FilterPlan.SubLayer> subLayer, List<Filter> filters) {
        List<FenceObject> objects = new ArrayList<>();
        provider.ifPresent(each -> objects.add(new FenceObject(
                PROVIDER, each.key().toString(), each.name(), each.persistent() ? "persistent" : "passing")));
        subLayer.ifPresent(each -> objects.add(new FenceObject(
                SUBLAYER,
                each.key().toString(),
                each.name(),
                "weight " + each.weight() + (each.persistent() ? " persistent" : " passing"))));
        for (Filter filter : filters) {
            objects.add(new FenceObject(FILTER, filter.key().toString(), filter.name(), filter.text()));
        }
        return objects;
    }

    static FenceObject of(FirewallRule rule) {
        return new FenceObject(RULE, rule.name(), rule.name(), rule.text());
    }
}

package io.cordon.agent.telemetry.gateway;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what several records say alike, so that it need be said only once. */
final class SharedAttributes {
    private SharedAttributes() {}

    /** Entries that are the same in all the maps; none when there are fewer than two. */
    static Map<String, Object> of(List<Map<String, Object>> all) {
        if (all.size() < 2) {
            return Map.of();
        }
        Map<String, Object> shared = new HashMap<>(all.get(0));
        all.forEach(each ->
                shared.entrySet().removeIf(entry -> !entry.getValue().equals(each.get(entry.getKey()))));
        shared.keySet().removeIf(key -> !mayMove(key));
        return shared;
    }

    /** Only what the server looks for at the resource as well, or what nobody looks for. */
    private static boolean mayMove(String key) {
        return key.equals("cordon.session.id")
                || key.equals("gen_ai.conversation.id")
                || key.equals("cordon.agent.version")
                || (key.startsWith("cordon.original.") && !key.equals("cordon.original.name"));
    }
}

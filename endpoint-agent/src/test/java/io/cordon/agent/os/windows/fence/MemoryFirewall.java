package io.cordon.agent.os.windows.fence;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rules in memory. */
final class MemoryFirewall implements FirewallRules {
    final Map<String, String> texts = new LinkedHashMap<>();
    final List<String> writes = new ArrayList<>();
    ModifyState state = new ModifyState(0, 0);
    boolean broken;
    /** The write at which the machine stops, before it is made. */
    int stopsAt = Integer.MAX_VALUE;

    @Override
    public ModifyState modifyState() {
        return state;
    }

    @Override
    public List<Found> rules() {
        return texts.entrySet().stream()
                .map(entry -> new Found(entry.getKey(), entry.getValue()))
                .toList();
    }

    private void stop() {
        if (writes.size() + 1 >= stopsAt) {
            throw new IllegalStateException("power cut");
        }
    }

    @Override
    public void put(FirewallRule rule) throws IOException {
        if (broken) {
            throw new IOException("INetFwRules::Add: 0x80070005");
        }
        stop();
        writes.add(rule.name() + " " + rule.remotePorts());
        texts.put(rule.name(), rule.text());
    }

    @Override
    public void remove(String name) {
        stop();
        writes.add("remove " + name);
        texts.remove(name);
    }
}

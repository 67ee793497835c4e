package io.cordon.agent.health;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where every part of the agent says how it is. */
public final class HealthBoard {
    private final Map<Component, ComponentState> states = new EnumMap<>(Component.class);
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Says how a component is; listeners hear of it only when that differs from before. */
    public void set(Component component, ComponentState state) {
        synchronized (states) {
            if (state.equals(states.put(component, state))) {
                return;
            }
        }
        listeners.forEach(Runnable::run);
    }

    /** Called after every change, on the thread that made it; must not block. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    public HealthReport report() {
        synchronized (states) {
            return new HealthReport(states);
        }
    }
}

package io.cordon.agent.os;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The reference: one sender for every connection, and ancestors from a table of process id to parent. */
public final class MemorySenders implements SenderIdentity {
    private final Map<Long, Long> parents = new ConcurrentHashMap<>();
    private volatile @Nullable Sender sender;

    /** From now on every connection is this sender's; null for nobody's. */
    public void set(@Nullable Sender other) {
        sender = other;
    }

    /** Makes a process known. */
    public void parent(long pid, long parent) {
        parents.put(pid, parent);
    }

    @Override
    public Lookup of(InetSocketAddress peer, InetSocketAddress here) {
        Sender known = sender;
        return known == null
                ? new Lookup.Unknown("no socket of this machine has the address " + peer)
                : new Lookup.Known(known);
    }

    @Override
    public List<Long> lineage(long pid) {
        List<Long> lineage = new ArrayList<>();
        Long next = parents.containsKey(pid) || parents.containsValue(pid) ? pid : null;
        while (next != null && lineage.size() < MAX_LINEAGE) {
            lineage.add(next);
            next = parents.get(next);
        }
        return List.copyOf(lineage);
    }
}

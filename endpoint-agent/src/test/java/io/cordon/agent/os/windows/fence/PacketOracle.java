package io.cordon.agent.os.windows.fence;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What WFP does with a packet under our filters: in a sublayer the heaviest filter that matches decides; over the sublayers a
 * block wins over a permit that is not final, and a final block over everything.
 */
final class PacketOracle {
    /** TCP does all of these; other protocols have no {@link #LISTEN}. */
    enum Step {
        CONNECT,
        BIND,
        LISTEN,
        ACCEPT
    }

    /** @param remote the peer; of a bind or listen any address of the family */
    record Packet(SocketToken token, Step step, int protocol, IpAddress remote, int port) {}

    private final List<Filter> filters;

    PacketOracle(FilterPlan plan) {
        this.filters = plan.filters();
    }

    /** Another product's verdict in a lighter sublayer. */
    enum Elsewhere {
        NOTHING,
        PERMIT,
        BLOCK
    }

    boolean permitted(Packet packet) {
        return permitted(packet, Elsewhere.NOTHING);
    }

    boolean permitted(Packet packet, Elsewhere elsewhere) {
        Optional<Filter> decisive = decisive(packet);
        if (decisive.isPresent() && decisive.get().action() == Filter.Action.BLOCK) {
            // Ours is the heaviest sublayer: a final block is not asked about again.
            return !decisive.get().traits().contains(Filter.Trait.FINAL) && elsewhere == Elsewhere.PERMIT;
        }
        boolean hardPermit = decisive.isPresent() && decisive.get().traits().contains(Filter.Trait.FINAL);
        return hardPermit || elsewhere != Elsewhere.BLOCK;
    }

    private Optional<Filter> decisive(Packet packet) {
        return filters.stream()
                .filter(filter -> !filter.traits().contains(Filter.Trait.DISABLED))
                .filter(filter -> filter.layer() == layer(packet))
                .filter(filter -> filter.conditions().stream().allMatch(condition -> matches(condition, packet)))
                .max(Comparator.comparingInt(Filter::weight));
    }

    static Layer layer(Packet packet) {
        boolean v6 = packet.remote().v6();
        return switch (packet.step()) {
            case CONNECT -> v6 ? Layer.CONNECT_V6 : Layer.CONNECT_V4;
            case BIND -> v6 ? Layer.BIND_V6 : Layer.BIND_V4;
            case LISTEN -> v6 ? Layer.LISTEN_V6 : Layer.LISTEN_V4;
            case ACCEPT -> v6 ? Layer.ACCEPT_V6 : Layer.ACCEPT_V4;
        };
    }

    private static boolean matches(Condition condition, Packet packet) {
        if (condition instanceof Condition.User user) {
            return packet.token().matches(user.descriptor());
        }
        if (condition instanceof Condition.Protocol protocol) {
            return protocol.number() == packet.protocol();
        }
        if (condition instanceof Condition.RemoteAddress address) {
            return address.address().equals(packet.remote());
        }
        return condition instanceof Condition.RemotePort port && port.port() == packet.port();
    }
}

package io.cordon.agent.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses; may block. */
@FunctionalInterface
public interface NameResolver {
    /** The resolver of this machine. */
    NameResolver SYSTEM = name -> List.of(InetAddress.getAllByName(name));

    /**
     * @param name in lower case, without a trailing dot; never an address
     * @return at least one
     * @throws UnknownHostException when there is none
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;
}

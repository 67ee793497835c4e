package io.cordon.agent.os;

import java.util.List;

/**
 * Whom a confined process runs as.
 *
 * @param name account name
 * @param home absolute path of the home directory, canonical
 */
public record Principal(String name, int uid, int gid, List<Integer> groups, String home) {
    public Principal {
        groups = List.copyOf(groups);
    }
}

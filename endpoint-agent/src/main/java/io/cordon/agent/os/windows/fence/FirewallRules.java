package io.cordon.agent.os.windows.fence;

import java.io.IOException;
import java.util.List;

/** What the fence needs of Windows Firewall. */
public interface FirewallRules {
    /** Whether rules made here have an effect. */
    ModifyState modifyState() throws IOException;

    /** The rules of our group. */
    List<Found> rules() throws IOException;

    /** Writes the rule in place of the one of that name, and reads it back. */
    void put(FirewallRule rule) throws IOException;

    /** Removes the rule of that name; nothing when there is none. */
    void remove(String name) throws IOException;

    /** @param text {@link FirewallRule#text()}, followed by whatever else is not as ours are (disabled, allows, profiles) */
    record Found(String name, String text) {}
}

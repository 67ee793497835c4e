package io.cordon.agent.adapters.claudecode;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.adapters.settings.Strangers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What Claude Code merges over the managed file, or takes instead of it. One managed source gives the whole policy:
 * settings from Anthropic's server and, on Windows, from the registry come before the file.
 */
public final class ClaudeCodeForeign implements ForeignSettings {
    /** Below HKEY_LOCAL_MACHINE. */
    public static final String KEY = "SOFTWARE\\Policies\\ClaudeCode";

    private final String folder;
    private final MachinePolicy registry;

    /** Whether the machine's administrators gave settings in the registry. */
    @FunctionalInterface
    public interface MachinePolicy {
        /** @param key below HKEY_LOCAL_MACHINE */
        boolean exists(String key) throws IOException;
    }

    /**
     * @param os linux or windows
     * @param registry says no where there is none
     */
    public ClaudeCodeForeign(String os, MachinePolicy registry) {
        this.folder = os.equals("windows") ? "C:\\Program Files\\ClaudeCode" : "/etc/claude-code";
        this.registry = registry;
    }

    @Override
    public CodingAgent agent() {
        return CodingAgent.CLAUDE_CODE;
    }

    @Override
    public List<String> found(Place place) {
        List<String> found = new ArrayList<>();
        found.add("Claude Code takes settings from its vendor's server instead of this file, where an account has them;"
                + " that cannot be seen from here");
        try {
            if (registry.exists(KEY)) {
                found.add("HKLM\\" + KEY
                        + " is there, and Claude Code takes it instead of what Cordon manages; remove it");
            }
        } catch (IOException e) {
            found.add("HKLM\\" + KEY + " cannot be read: " + e.getMessage());
        }
        Path own = place.of(folder);
        found.addAll(Strangers.in(
                own.resolve("managed-settings.d"),
                "*.json",
                "",
                ", and Claude Code merges it over what Cordon manages; remove it"));
        found.addAll(Strangers.file(
                own.resolve("managed-mcp.json"), "; the MCP servers in it are the only ones that Claude Code loads"));
        return found;
    }
}

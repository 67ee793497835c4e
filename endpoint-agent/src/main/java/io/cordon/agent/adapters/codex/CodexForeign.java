package io.cordon.agent.adapters.codex;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.adapters.settings.Strangers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Codex's legacy layer, which outranks requirements.toml, and rules of others beside Cordon's. */
public final class CodexForeign implements ForeignSettings {
    private final String folder;

    /** @param os linux or windows */
    public CodexForeign(String os) {
        this.folder = os.equals("windows") ? "C:\\ProgramData\\OpenAI\\Codex" : "/etc/codex";
    }

    @Override
    public CodingAgent agent() {
        return CodingAgent.CODEX;
    }

    @Override
    public List<String> found(Place place) {
        Path own = place.of(folder);
        List<String> found = new ArrayList<>(Strangers.file(
                own.resolve("managed_config.toml"), ", and Codex puts it above what Cordon manages; remove it"));
        found.addAll(Strangers.in(
                own.resolve("rules"),
                "*.rules",
                "cordon.rules",
                "; a rule in it that allows a command lets it run outside Codex's sandbox"));
        return found;
    }
}

package io.cordon.agent.adapters.copilot;

import io.cordon.agent.adapters.CodingAgent;
import io.cordon.agent.adapters.settings.ForeignSettings;
import io.cordon.agent.adapters.settings.Place;
import io.cordon.agent.adapters.settings.Strangers;
import java.util.ArrayList;
import java.util.List;

/** Policy hooks of others beside Cordon's, and the sources that Copilot CLI takes before the managed file. */
public final class CopilotForeign implements ForeignSettings {
    private final String os;

    /** @param os linux or windows */
    public CopilotForeign(String os) {
        this.os = os;
    }

    @Override
    public CodingAgent agent() {
        return CodingAgent.COPILOT;
    }

    @Override
    public List<String> found(Place place) {
        List<String> found = new ArrayList<>();
        found.add(
                "Copilot CLI takes settings of a device management or of GitHub's server before this file, where there are any;"
                        + " they cannot be seen from here");
        found.addAll(Strangers.in(
                place.of(CopilotSettings.hooksFolder(os)),
                "*.json",
                CopilotSettings.HOOKS,
                "; its hooks run beside Cordon's and can change a command after it was decided"));
        return found;
    }
}

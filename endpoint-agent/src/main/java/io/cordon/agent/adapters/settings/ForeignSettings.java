package io.cordon.agent.adapters.settings;

import io.cordon.agent.adapters.CodingAgent;
import java.util.List;

/** What others have put where an agent reads it beside, or before, what Cordon manages. Only looked at, never changed. */
public interface ForeignSettings {
    CodingAgent agent();

    /** One sentence for each thing that can override or weaken what Cordon manages. */
    List<String> found(Place place);
}

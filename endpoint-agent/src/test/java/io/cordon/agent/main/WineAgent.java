package io.cordon.agent.main;

import io.cordon.agent.os.windows.service.MemoryFiles;
import java.util.List;

/**
 * The agent as Wine can run it: everything is Windows' own but owners and access lists of its folders, which Wine keeps as one
 * Unix user's permissions; they are kept in memory. It is never a service, which Windows says at once and Wine only after ten
 * seconds ({@code ServiceOnWindowsTest} hears it). No setting of the agent itself does that.
 */
public final class WineAgent {
    private WineAgent() {}

    public static void main(String[] words) {
        WindowsApi real = WindowsApi.real();
        WindowsApi wine = new WindowsApi(
                real.process(),
                real.registry(),
                new MemoryFiles(),
                real.protection(),
                real.services(),
                (service, program) -> false,
                real.events(),
                real.accounts(),
                real.boundary());
        System.exit(CordonAgent.run(new WindowsMachine(wine), List.of(words)).code());
    }
}

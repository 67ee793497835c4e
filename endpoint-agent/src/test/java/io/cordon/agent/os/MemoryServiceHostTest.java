package io.cordon.agent.os;

import java.util.List;

class MemoryServiceHostTest extends ServiceHostContract {
    private final MemoryServiceHost host = new MemoryServiceHost();

    @Override
    protected ServiceHost host() {
        return host;
    }

    @Override
    protected List<String> told() {
        return host.said();
    }
}

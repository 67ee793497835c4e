package io.cordon.agent.os;

class MemoryNetworkFenceTest extends NetworkFenceContract {
    @Override
    protected NetworkFence fence() {
        return new MemoryNetworkFence();
    }
}

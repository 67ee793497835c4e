package io.cordon.agent.egress;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** What a client's connection is at. */
interface Phase {
    /** @param key of the side that something happened on */
    void ready(SelectionKey key) throws IOException;

    /** What it waited for did not come in time. */
    void late();

    /** @param now of {@link System#nanoTime()}; ten times a second */
    default void tick(long now) {}

    /** The connection ends. */
    default void release() {}
}

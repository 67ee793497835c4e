/** The broker against in-memory ports, and the whole way over the real spawner. */
@NullMarked
package io.cordon.agent.broker;

import org.jspecify.annotations.NullMarked;

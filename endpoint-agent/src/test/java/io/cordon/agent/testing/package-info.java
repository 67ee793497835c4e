/** What the agent's tests stand on: an authority, a server that speaks the agent's protocol, a repository, clocks and stores. */
@NullMarked
package io.cordon.agent.testing;

import org.jspecify.annotations.NullMarked;

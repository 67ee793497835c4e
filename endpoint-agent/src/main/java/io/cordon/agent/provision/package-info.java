/**
 * Brings the machine into the state the agent needs and takes it back again: data and runtime directories with their owners
 * and modes, what a crashed run left behind, and, at uninstall, everything in the ledger in reverse order.
 */
@NullMarked
package io.cordon.agent.provision;

import org.jspecify.annotations.NullMarked;

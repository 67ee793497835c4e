/** Discovery over real folders, among them what a hostile user may put there. The tests run as root, as the agent does. */
@NullMarked
package io.cordon.agent.adapters.discovery;

import org.jspecify.annotations.NullMarked;

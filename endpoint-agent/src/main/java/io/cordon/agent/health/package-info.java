/**
 * How the agent is, component by component, in words that an administrator can act on. A component is healthy or says why not;
 * a change is reported to the server at once.
 */
@NullMarked
package io.cordon.agent.health;

import org.jspecify.annotations.NullMarked;

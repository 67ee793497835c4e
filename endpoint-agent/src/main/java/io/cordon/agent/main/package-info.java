/**
 * The program {@code cordon-agent}: its commands, the phases of its start with their exit codes, and the only place where the
 * parts of the agent are put together.
 */
@NullMarked
package io.cordon.agent.main;

import org.jspecify.annotations.NullMarked;

/**
 * Decides and supervises runs: a local request comes in with a caller the operating system attests, the policy in force
 * decides, the planners say what confinement that takes, the launcher starts it, and a record of what happened is durable
 * before the caller learns the result. Every failure on that way is a refusal; none ends in an unconfined process.
 */
@NullMarked
package io.cordon.agent.broker;

import org.jspecify.annotations.NullMarked;

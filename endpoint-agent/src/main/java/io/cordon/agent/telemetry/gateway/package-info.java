/**
 * The local telemetry gateway: takes what coding agents export on loopback, tells by the kernel who sent it, keeps what an
 * investigation needs in one vocabulary, joins it with the runs of the broker, takes out what policy does not let be stored, and
 * has it on the disk before the agent is told that it was taken. All of it is the agents' word and says so.
 */
@NullMarked
package io.cordon.agent.telemetry.gateway;

import org.jspecify.annotations.NullMarked;

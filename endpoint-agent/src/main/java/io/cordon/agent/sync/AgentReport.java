package io.cordon.agent.sync;

import io.cordon.agent.health.HealthReport;
import java.util.Optional;

/**
 * Everything that the endpoint reports about itself at one moment, apart from what never changes.
 *
 * @param inventory of the coding agents on the machine, as JSON; empty before there is one
 */
public record AgentReport(InForce inForce, HealthReport health, Optional<Attempt> lastAttempt, String inventory) {}

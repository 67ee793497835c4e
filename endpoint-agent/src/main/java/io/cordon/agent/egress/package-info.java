/**
 * The egress proxy: the only way out of a run in network mode {@code proxy}. It knows which run asks by credentials that live
 * as long as the run, decides by that run's policy, resolves names itself and only allowed ones, connects to the address it
 * checked, and records every attempt. It knows nothing of the operating system: who can reach its port is the affair of the
 * confinement.
 */
@NullMarked
package io.cordon.agent.egress;

import org.jspecify.annotations.NullMarked;

/**
 * Keeps vendors' managed files as the policy in force wants them. What stood there before Cordon is in the ledger before
 * the first write and comes back when the policy no longer names the agent or Cordon is removed; what somebody changes in between
 * is put back and reported.
 */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters.settings;

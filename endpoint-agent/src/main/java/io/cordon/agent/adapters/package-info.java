/**
 * What is known of each coding agent: the settings that its vendor documents for administrators, its hooks, and how it is found
 * on a machine. One package per vendor; here is what they have in common. All of it is cooperative: a coding agent that ignores
 * its settings is still held by the sandbox.
 */
@org.jspecify.annotations.NullMarked
package io.cordon.agent.adapters;

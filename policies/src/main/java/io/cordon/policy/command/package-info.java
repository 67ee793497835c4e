/**
 * Commands taken apart: which commands an argument vector or a shell line consists of, wrappers unwrapped, what cannot
 * be known said so; and whether a rule means one of them. Knows rules, not policies.
 */
@NullMarked
package io.cordon.policy.command;

import org.jspecify.annotations.NullMarked;

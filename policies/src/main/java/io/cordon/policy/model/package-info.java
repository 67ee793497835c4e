/**
 * The values of a policy: documents as records that check themselves, the strictness order of decisions, and the facts
 * an endpoint knows about itself. Nothing here reads, merges or decides; the rules are numbered in {@code policies/SPEC.md}.
 */
@NullMarked
package io.cordon.policy.model;

import org.jspecify.annotations.NullMarked;

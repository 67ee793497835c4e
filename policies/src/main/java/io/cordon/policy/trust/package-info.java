/**
 * The signed policy repository: roles, keys and thresholds, the client workflow that verifies and the publisher that signs.
 *
 * <p>An own implementation of The Update Framework, specification 1.0.34, over JDK cryptography and Jackson: the top level
 * roles root, targets, snapshot and timestamp, with consistent snapshots, and the stricter rules of {@code policies/SPEC.md},
 * section "Trust". Knows nothing of policies: a target is a path, bytes and custom metadata.
 */
@NullMarked
package io.cordon.policy.trust;

import org.jspecify.annotations.NullMarked;

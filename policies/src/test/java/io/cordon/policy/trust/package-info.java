/** Tests of the signed repository: the attack catalogue, the contracts of its ports, and the parsers under fuzz. */
@NullMarked
package io.cordon.policy.trust;

import org.jspecify.annotations.NullMarked;

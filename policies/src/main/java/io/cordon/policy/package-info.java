/** Policies: what they say, how they are read, which one holds for an endpoint and what it decides. See SPEC.md. */
@NullMarked
package io.cordon.policy;

import org.jspecify.annotations.NullMarked;

/** The policies that come with Cordon, with their cases, and the strictest one that needs no document. */
@NullMarked
package io.cordon.policy.baseline;

import org.jspecify.annotations.NullMarked;

/**
 * A resolved policy and a command, path or host: the decision, with the rule that made it. Lexical and pure; what the
 * operating system enforces does not depend on it.
 */
@NullMarked
package io.cordon.policy.evaluate;

import org.jspecify.annotations.NullMarked;

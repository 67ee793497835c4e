/**
 * The end-to-end tests: a real server, a real agent, the real Codex CLI and real attempts to get out, on this machine. They
 * need root, because they make a user, a second host in a network namespace, and confined processes.
 */
@NullMarked
package io.cordon.deploy.e2e;

import org.jspecify.annotations.NullMarked;

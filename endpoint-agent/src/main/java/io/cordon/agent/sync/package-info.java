/**
 * Keeps the endpoint in step with its fleet: fetches and verifies the signed policy repository, puts what applies here in
 * force, and talks to the server over a control channel (OpAMP) that only ever hints and reports. Whatever goes wrong on the
 * way (refused, expired, unreachable, damaged), the last verified policy stays; with none, the strictest holds.
 */
@NullMarked
package io.cordon.agent.sync;

import org.jspecify.annotations.NullMarked;

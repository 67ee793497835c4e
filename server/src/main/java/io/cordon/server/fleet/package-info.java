/**
 * The endpoints: which exist, with which certificates, in which state, on which policy; and the control channel (OpAMP over
 * HTTP with a held reply) on which they report and are told that something new is published.
 */
@NullMarked
package io.cordon.server.fleet;

import org.jspecify.annotations.NullMarked;

/**
 * How a machine becomes an endpoint: single-use tokens, certificate requests, the authority that signs them, renewal.
 * Enrolling is idempotent: a lost reply burns nothing, and the same machine stays the same endpoint.
 */
@NullMarked
package io.cordon.server.enrollment;

import org.jspecify.annotations.NullMarked;

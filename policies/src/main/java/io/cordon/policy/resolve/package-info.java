/**
 * Which policy holds for an endpoint, and why: the first assignment that matches, the exceptions that name the endpoint,
 * then the tightenings that apply to it. Pure; the same on server and endpoint; every value comes with the document and
 * line that set it.
 */
@NullMarked
package io.cordon.policy.resolve;

import org.jspecify.annotations.NullMarked;

/**
 * How this machine becomes an endpoint of a fleet and stays one: the enrollment token, the key that is made here and never
 * leaves, the short device certificate and its renewal, and the mutually authenticated connection that everything else in the
 * agent speaks through. Trust in the server begins with the certificate hash inside the token and nothing else.
 */
@NullMarked
package io.cordon.agent.enrollment;

import org.jspecify.annotations.NullMarked;

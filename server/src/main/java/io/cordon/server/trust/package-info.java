/**
 * The signed policy repository as the server keeps it: the signing keys (sealed in the database), the repository's files (in
 * the database, so that every node serves the same), publishing in one transaction, and the renewal of what expires. The
 * server is not trusted by endpoints: they verify every file themselves.
 */
@NullMarked
package io.cordon.server.trust;

import org.jspecify.annotations.NullMarked;

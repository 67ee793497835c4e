/**
 * Policy documents on the server: drafts that people work on, revisions that were published and never change, and publishing
 * itself, which puts the whole set of current revisions into the signed repository. What a document means is decided in
 * {@code io.cordon.policy}, the same code that endpoints run.
 */
@NullMarked
package io.cordon.server.policy;

import org.jspecify.annotations.NullMarked;

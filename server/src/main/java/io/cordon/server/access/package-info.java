/**
 * Who may do what: actors, roles and their permissions in one table, sign-in (local and OpenID Connect), sessions, and the one
 * gate that every admin command goes through: permission, then apply, then audit, in one transaction.
 */
@NullMarked
package io.cordon.server.access;

import org.jspecify.annotations.NullMarked;

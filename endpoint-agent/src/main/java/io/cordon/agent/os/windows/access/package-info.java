/**
 * Who may write and read which files: security descriptors, the access control entries a policy comes to, and how they get onto
 * the file system and off it again. A root is writable for a token that carries the root's capability SID; a protected path
 * denies that capability; a denied path denies the group of the sandbox accounts. Everything but the calls themselves is pure,
 * so one plan feeds the ledger, the native layer and the model of Windows' access check that the tests judge it by.
 */
@NullMarked
package io.cordon.agent.os.windows.access;

import org.jspecify.annotations.NullMarked;

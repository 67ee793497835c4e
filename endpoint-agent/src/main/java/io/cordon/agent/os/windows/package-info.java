/**
 * Windows: dedicated local accounts, access control entries with write-restricted tokens, Windows Filtering Platform and
 * firewall, job objects and a private desktop. Planning, comparing, SDDL and the state machines are pure and run on every
 * system; each part states what it needs of Windows in a small interface, and {@code win32} alone implements those with native
 * calls.
 */
@NullMarked
package io.cordon.agent.os.windows;

import org.jspecify.annotations.NullMarked;

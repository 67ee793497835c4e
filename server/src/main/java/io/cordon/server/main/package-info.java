/**
 * Wiring only: how the process starts and ends. The bootstrap runs before the application, because the application cannot
 * listen without a certificate, the certificate is in the database, and the database may be one that must be started first.
 */
@NullMarked
package io.cordon.server.main;

import org.jspecify.annotations.NullMarked;

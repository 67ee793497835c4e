/**
 * What every domain stands on: problem details with their one table of codes, keyset paging, the clock, the settings, the
 * master key and the secrets it seals. Knows no domain.
 */
@NullMarked
package io.cordon.server.platform;

import org.jspecify.annotations.NullMarked;

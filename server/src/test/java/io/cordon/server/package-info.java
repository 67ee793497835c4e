/** What the tests of all domains share: one server start, a client, a clock. */
@NullMarked
package io.cordon.server;

import org.jspecify.annotations.NullMarked;

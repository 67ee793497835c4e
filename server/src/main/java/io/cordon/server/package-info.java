/** The Cordon server: one package for each domain; see {@code main} for how it starts. */
@NullMarked
package io.cordon.server;

import org.jspecify.annotations.NullMarked;

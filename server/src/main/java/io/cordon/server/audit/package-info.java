/**
 * Who changed what, when and why: a hash-chained log that is written in the transaction of the change itself, so neither
 * stands without the other. Below {@code access}: an actor is a plain name here.
 */
@NullMarked
package io.cordon.server.audit;

import org.jspecify.annotations.NullMarked;

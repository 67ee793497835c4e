/** Tests of the egress proxy: what it reads as tables and properties, what it does over real sockets of the loopback. */
@NullMarked
package io.cordon.agent.egress;

import org.jspecify.annotations.NullMarked;

/**
 * The quick start: starts a server and an endpoint agent from this checkout, publishes the baseline policy, enrolls the
 * machine, runs a governed demonstration, and takes everything down again. The end-to-end tests start the same two
 * processes through the same classes, so what a newcomer tries is what is tested.
 */
@NullMarked
package io.cordon.deploy.quickstart;

import org.jspecify.annotations.NullMarked;

/**
 * Linux: confinement by bubblewrap as the caller's own user. A small root-owned native spawner is the local channel and the
 * process launcher; this package plans what it is to do (mounts, network, environment), as pure functions over a small probe
 * of the file system, and talks to it over its standard streams.
 */
@NullMarked
package io.cordon.agent.os.linux;

import org.jspecify.annotations.NullMarked;

/** The root package. */
package io.cordon.server;

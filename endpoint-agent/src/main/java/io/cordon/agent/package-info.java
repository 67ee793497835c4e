/** The root package. */
package io.cordon.agent;

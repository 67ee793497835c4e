/** The root package. */
package io.cordon.policy;

/**
 * Documents as text: reading YAML or JSON with bounds, the published JSON Schema, problems that name line and remedy,
 * canonical JSON and digests.
 */
@NullMarked
package io.cordon.policy.document;

import org.jspecify.annotations.NullMarked;

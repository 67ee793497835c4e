/**
 * Questions across telemetry: sessions, runs, traces. Everybody who investigates sees metadata; content (arguments, prompts,
 * outputs) only who has the permission, and each reading of it is in the audit log before it is answered (I-8). Every query is
 * bounded in time and number.
 */
@NullMarked
package io.cordon.server.investigation;

import org.jspecify.annotations.NullMarked;

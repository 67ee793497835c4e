package io.cordon.policy.resolve;

/**
 * Which document and line set one value of a resolved policy.
 *
 * @param pointer JSON pointer into {@link ResolvedPolicy#toJson()}
 * @param value the value as text
 * @param target the target path of the document, or {@code builtin}
 * @param line counted from 1; 0 for what no document says
 * @param kind base, tightening, exception or builtin
 * @param revision of the document, 0 for builtin
 */
public record Provenance(String pointer, String value, String target, int line, String kind, int revision) {}

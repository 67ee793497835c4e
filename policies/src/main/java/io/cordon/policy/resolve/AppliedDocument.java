package io.cordon.policy.resolve;

import io.cordon.policy.document.Digest;
import io.cordon.policy.model.DocumentKind;

/** A document that took part in a resolution. */
public record AppliedDocument(String target, DocumentKind kind, String name, int revision, Digest digest) {}

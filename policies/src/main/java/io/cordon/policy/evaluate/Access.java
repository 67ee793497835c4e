package io.cordon.policy.evaluate;

/** What somebody wants to do with a path. */
public enum Access {
    READ,
    WRITE
}

package io.cordon.policy.trust;

import java.util.Locale;

/** The four top level roles of the repository (specification 2.1); a role is a set of keys and a threshold in root. */
public enum Role {
    ROOT,
    TARGETS,
    SNAPSHOT,
    TIMESTAMP;

    /** The role's name in metadata: also the value of {@code _type} and the stem of its file name. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

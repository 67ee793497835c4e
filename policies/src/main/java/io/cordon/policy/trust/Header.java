package io.cordon.policy.trust;

import java.time.Instant;
import java.util.regex.Pattern;

/** What the signed objects of all roles have in common (specification 4.3 to 4.6). */
record Header(long version, Instant expires) {
    /** Major version 1 of the specification; its minor versions are compatible. */
    private static final Pattern SPEC_VERSION = Pattern.compile("1\\.\\d{1,4}(\\.\\d{1,4})?");

    static Header parse(Fields fields, Role role) throws RejectedException {
        if (!fields.text("_type").equals(role.text())) {
            throw fields.wrong("_type", fields.object().get("_type"), role.text());
        }
        if (!SPEC_VERSION.matcher(fields.text("spec_version")).matches()) {
            throw fields.wrong("spec_version", fields.object().get("spec_version"), "1.x");
        }
        return new Header(fields.integer("version", 1), fields.time("expires"));
    }
}

package io.cordon.policy.model;

import java.util.List;

/** Which policy an endpoint gets: the first rule whose selector matches its facts (SPEC 3.1). */
public record Assignments(Metadata metadata, Source source, List<AssignmentRule> rules) implements PolicyDocument {

    /** The only name an Assignments document may have. */
    public static final PolicyName NAME = new PolicyName("assignments");

    public Assignments {
        rules = List.copyOf(rules);
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.ASSIGNMENTS;
    }

    /** One line of the table: who, and which policy. */
    public record AssignmentRule(Selector select, PolicyName policy) {}
}

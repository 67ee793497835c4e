package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.Change;
import io.cordon.agent.os.windows.Sid;
import io.cordon.agent.os.windows.access.SecuredFiles.FileId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one scope wants of one object, as the ledger keeps it.
 *
 * @param scope which file view, under which policy
 * @param policy digest of the policy in force
 * @param path where it was when it was written down
 * @param root whether the entries open the object and what is below it
 * @param intended explicit entries it is to have
 * @param prior those of them that it had before and that were nobody's of Cordon
 * @param owner whose it was, as text; empty when unknown
 * @param developer whom what sandbox accounts made there belongs to in the end
 */
record StampRecord(
        String scope,
        String policy,
        String path,
        FileId id,
        boolean root,
        Set<Ace> intended,
        Set<Ace> prior,
        String owner,
        Sid developer) {
    static final String KIND = "acl";

    StampRecord {
        intended = Set.copyOf(intended);
        prior = Set.copyOf(prior);
    }

    Change change() {
        return new Change(
                KIND,
                Map.of(
                        "scope", scope,
                        "policy", policy,
                        "path", path,
                        "id", id.toString(),
                        "root", Boolean.toString(root),
                        "intended", text(intended),
                        "prior", text(prior),
                        "owner", owner,
                        "developer", developer.toString()));
    }

    static StampRecord of(Change change) {
        return new StampRecord(
                change.detail("scope"),
                change.detail("policy"),
                change.detail("path"),
                FileId.parse(change.detail("id")),
                Boolean.parseBoolean(change.detail("root")),
                Set.copyOf(Sddl.parseEntries(change.detail("intended"))),
                Set.copyOf(Sddl.parseEntries(change.detail("prior"))),
                change.detail("owner"),
                Sid.parse(change.detail("developer")));
    }

    private static String text(Set<Ace> aces) {
        return aces.stream()
                .map(ace -> Sddl.entries(java.util.List.of(ace)))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining());
    }
}

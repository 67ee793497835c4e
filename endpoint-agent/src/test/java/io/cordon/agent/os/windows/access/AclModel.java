package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileModel;
import io.cordon.agent.os.windows.Sid;
import java.util.Set;

/** What a tree's entries come to for one run's token; in audit mode, for the caller's own. */
final class AclModel implements FileModel {
    private final ModelTree tree;
    private final Token token;

    AclModel(ModelTree tree, Token token) {
        this.tree = tree;
        this.token = token;
    }

    /** Where nothing is, what would be made there: it can be read by whoever may read what is in the folder. */
    private int rights(String path) {
        ModelTree.Node node = tree.at(path);
        return node == null
                ? AccessCheck.granted(existing(path).descriptor, token)
                : AccessCheck.granted(node.descriptor, token);
    }

    private ModelTree.Node existing(String path) {
        String at = path;
        while (tree.at(at) == null) {
            at = ModelTree.parent(at);
        }
        return tree.get(at);
    }

    @Override
    public boolean readsHost(String path) {
        return (rights(path) & 0x1) != 0;
    }

    @Override
    public boolean writesHost(String path) {
        return (rights(path) & 0x2) != 0;
    }

    @Override
    public boolean writes(String path) {
        return writesHost(path);
    }

    @Override
    public boolean isPrivate(String path) {
        Token other = Token.plain(Bench.BOB, Set.of(Sid.USERS, Sid.AUTHENTICATED_USERS, Sid.EVERYONE));
        return (AccessCheck.granted(existing(path).descriptor, other) & 0x3) == 0;
    }
}

package io.cordon.agent.adapters.discovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Folders of a tree by a path in which {@code *} stands for any one name, and links that stay in the tree. */
final class Expansion {
    private static final int MOST_NAMES = 200;
    private static final int MOST_FOLDERS = 400;

    private Expansion() {}

    /** Those that are there, in order. */
    static List<String> folders(FileTree tree, String pattern, Findings findings) {
        List<String> reached = List.of("");
        for (String part : pattern.split("/")) {
            List<String> next = new ArrayList<>();
            for (String folder : reached) {
                if (part.equals("*")) {
                    names(tree, folder, findings).forEach(name -> next.add(join(folder, name)));
                } else {
                    next.add(join(folder, part));
                }
            }
            reached = next.stream()
                    .filter(folder -> isFolder(tree, folder, findings))
                    .limit(MOST_FOLDERS)
                    .toList();
        }
        return reached;
    }

    static List<String> names(FileTree tree, String folder, Findings findings) {
        try {
            return tree.names(folder, MOST_NAMES);
        } catch (IOException e) {
            findings.problem(tree.root(), e);
            return List.of();
        }
    }

    static boolean isFolder(FileTree tree, String path, Findings findings) {
        return look(tree, path, findings)
                .filter(entry -> entry.kind() == FileTree.Kind.FOLDER)
                .isPresent();
    }

    static Optional<FileTree.Entry> look(FileTree tree, String path, Findings findings) {
        try {
            return tree.look(path);
        } catch (IOException e) {
            findings.problem(tree.root(), e);
            return Optional.empty();
        }
    }

    /** The path itself, or where the link there leads when that is in the tree; what is there may be a link again. */
    static Optional<String> target(FileTree tree, String path, Findings findings) {
        Optional<FileTree.Entry> entry = look(tree, path, findings);
        if (entry.isEmpty() || entry.get().kind() != FileTree.Kind.LINK) {
            return entry.map(found -> path);
        }
        try {
            return tree.link(path).flatMap(link -> inTree(tree, path, link.replace('\\', '/')));
        } catch (IOException e) {
            findings.problem(tree.root(), e);
            return Optional.empty();
        }
    }

    private static Optional<String> inTree(FileTree tree, String path, String link) {
        String root = tree.root().replace('\\', '/');
        String base = root.endsWith("/") ? root : root + "/";
        String from = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        boolean absolute = link.startsWith("/") || link.matches("[A-Za-z]:/.*");
        if (absolute && !link.startsWith(base)) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(absolute || from.isEmpty() ? List.of() : List.of(from.split("/")));
        for (String part : (absolute ? link.substring(base.length()) : link).split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }

    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}

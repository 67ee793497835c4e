package io.cordon.agent.os.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A file system in a map, for the planner. */
public final class MemoryTree implements FileProbe {
    private record Node(Stat stat, String content) {}

    private final Map<String, Node> nodes =
            new TreeMap<>(Map.of("/", new Node(new Stat(Kind.DIRECTORY, 0, 0, 0755), "")));

    public MemoryTree directory(String path, int uid) {
        return directory(path, uid, 0755);
    }

    public MemoryTree directory(String path, int uid, int mode) {
        if (!path.equals("/") && !nodes.containsKey(Paths.parent(path))) {
            directory(
                    Paths.parent(path),
                    path.startsWith("/home/") && !Paths.parent(path).equals("/home") ? uid : 0);
        }
        nodes.put(path, new Node(new Stat(Kind.DIRECTORY, uid, uid, mode), ""));
        return this;
    }

    public MemoryTree file(String path, int uid, String content) {
        ensureParent(path, uid);
        nodes.put(path, new Node(new Stat(Kind.FILE, uid, uid, 0644), content));
        return this;
    }

    public MemoryTree link(String path, String target) {
        ensureParent(path, 1000);
        nodes.put(path, new Node(new Stat(Kind.LINK, 1000, 1000, 0777), target));
        return this;
    }

    private void ensureParent(String path, int uid) {
        if (!nodes.containsKey(Paths.parent(path))) {
            directory(Paths.parent(path), uid);
        }
    }

    public List<String> paths() {
        return List.copyOf(nodes.keySet());
    }

    @Override
    public Stat stat(String path) {
        String parent = path.equals("/") ? "/" : canonical(Paths.parent(path));
        Node node = parent == null ? null : nodes.get(path.equals("/") ? "/" : Paths.join(parent, Paths.name(path)));
        return node == null ? Stat.MISSING : node.stat();
    }

    @Override
    public @Nullable String canonical(String path) {
        return canonical(path, 0);
    }

    private @Nullable String canonical(String path, int depth) {
        String at = "/";
        for (String component : Paths.components(path.substring(1))) {
            String next = Paths.join(at, component);
            Node node = nodes.get(next);
            if (node == null || depth > 8) {
                return null;
            }
            if (node.stat().kind() == Kind.LINK) {
                String target = java.nio.file.Path.of(at)
                        .resolve(node.content())
                        .normalize()
                        .toString();
                next = canonical(target, depth + 1);
                if (next == null) {
                    return null;
                }
            }
            at = next;
        }
        return at;
    }

    @Override
    public @Nullable List<String> names(String directory, int limit) {
        String canonical = canonical(directory);
        List<String> names = new ArrayList<>();
        for (String path : nodes.keySet()) {
            if (canonical != null && !path.equals("/") && Paths.parent(path).equals(canonical)) {
                names.add(Paths.name(path));
            }
        }
        return names.size() > limit ? null : names;
    }

    @Override
    public String firstLine(String path) {
        String canonical = canonical(path);
        Node node = canonical == null ? null : nodes.get(canonical);
        return node == null || node.stat().kind() != Kind.FILE
                ? ""
                : node.content().lines().findFirst().orElse("");
    }
}

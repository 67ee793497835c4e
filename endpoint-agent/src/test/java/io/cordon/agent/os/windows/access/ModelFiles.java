package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link SecuredFiles} and {@link WindowsProbe} over the model, as SYSTEM; counts changes, and fails at one if told to. */
final class ModelFiles implements SecuredFiles, WindowsProbe {
    private final ModelTree tree;
    int changes;
    /** The change that fails, as a crash does: it and none after it is made. */
    int failsAt = Integer.MAX_VALUE;

    /** Whether the drive is unplugged: nothing on it is found. */
    boolean unplugged;

    WindowsProbe.Volume volume = new WindowsProbe.Volume(true, false, true, "NTFS");

    ModelFiles(ModelTree tree) {
        this.tree = tree;
    }

    private void change() throws IOException {
        if (++changes >= failsAt) {
            throw new IOException("the machine stopped");
        }
    }

    // --- SecuredFiles

    @Override
    public Optional<SecuredFile> open(String path) {
        String at = follow(path);
        return open(unplugged ? null : tree.at(at), at);
    }

    private Optional<SecuredFile> open(ModelTree.@Nullable Node node, String path) {
        return node == null ? Optional.empty() : Optional.of(new Opened(node, path));
    }

    @Override
    public Optional<SecuredFile> openById(FileId id, String hint) {
        ModelTree.Node node = unplugged ? null : tree.byId(id.file());
        return node == null ? Optional.empty() : open(node, tree.pathsOf(node).get(0));
    }

    @Override
    public boolean isThere(long volume, String path) {
        return !unplugged && volume == ModelTree.VOLUME;
    }

    /** Links on the way, not at the end. */
    private String follow(String path) {
        String at = "C:\\";
        String[] names = path.length() <= 3 ? new String[0] : path.substring(3).split("\\\\");
        for (int i = 0; i < names.length; i++) {
            at = WindowsPaths.join(at, names[i]);
            ModelTree.Node node = tree.at(at);
            if (node != null && node.target != null && i < names.length - 1) {
                at = follow(node.target);
            }
        }
        return at;
    }

    private final class Opened implements SecuredFile {
        private final ModelTree.Node node;
        private final String path;

        Opened(ModelTree.Node node, String path) {
            this.node = node;
            this.path = path;
        }

        @Override
        public FileId id() {
            return new FileId(ModelTree.VOLUME, node.id);
        }

        @Override
        public boolean directory() {
            return node.directory;
        }

        @Override
        public boolean reparsePoint() {
            return node.target != null;
        }

        @Override
        public int links() {
            return node.links;
        }

        @Override
        public String finalPath() {
            return path;
        }

        @Override
        public SecurityDescriptor descriptor() {
            // Through bytes, as from Windows.
            return SecurityDescriptor.read(node.descriptor.bytes());
        }

        @Override
        public void setDacl(Acl dacl, boolean protect) throws IOException {
            change();
            node.descriptor = node.descriptor.withDacl(dacl, protect);
        }

        @Override
        public void setOwner(Sid owner) throws IOException {
            change();
            node.descriptor = node.descriptor.withOwner(owner);
        }

        @Override
        public List<String> names() {
            return List.copyOf(node.children.keySet());
        }

        @Override
        public Optional<SecuredFile> child(String name) {
            return open(node.children.get(name), WindowsPaths.join(path, name));
        }

        @Override
        public SecuredFile create(String name, boolean directory, SecurityDescriptor descriptor) throws IOException {
            change();
            if (node.children.containsKey(name)) {
                throw new IOException(name + " exists");
            }
            Sid owner = descriptor.owner() == null ? Sid.LOCAL_SYSTEM : descriptor.owner();
            tree.with(WindowsPaths.join(finalPath(), name), directory, owner);
            ModelTree.Node made = java.util.Objects.requireNonNull(node.children.get(name));
            if (descriptor.isProtected()) {
                made.descriptor = descriptor;
            } else {
                List<AclEntry> all = Stream.concat(descriptor.entries().stream(), made.descriptor.entries().stream())
                        .toList();
                made.descriptor = made.descriptor.withDacl(new Acl(2, all), false);
            }
            return new Opened(made, WindowsPaths.join(path, name));
        }

        @Override
        public boolean deleteIfEmpty() throws IOException {
            if (!node.children.isEmpty() || !node.content.isEmpty()) {
                return false;
            }
            change();
            tree.remove(tree.get(ModelTree.parent(path)), ModelTree.name(path));
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    // --- WindowsProbe

    @Override
    public WindowsProbe.Kind kind(String path) {
        ModelTree.Node node = tree.at(follow(path));
        if (node == null) {
            return Kind.MISSING;
        }
        if (node.target != null) {
            return Kind.REPARSE_POINT;
        }
        return node.directory ? Kind.DIRECTORY : Kind.FILE;
    }

    @Override
    public @Nullable String canonical(String path) {
        String at = follow(path);
        ModelTree.Node node = tree.at(at);
        if (node == null) {
            return null;
        }
        return node.target == null ? spelled(at) : canonical(node.target);
    }

    /** With the case in which names were made. */
    private String spelled(String path) {
        return tree.spelled(path);
    }

    @Override
    public @Nullable List<String> names(String directory, int limit) {
        ModelTree.Node node = tree.at(follow(directory));
        List<String> names = node == null ? List.of() : List.copyOf(node.children.keySet());
        return names.size() > limit ? null : names;
    }

    @Override
    public String firstLine(String path) {
        ModelTree.Node node = tree.at(follow(path));
        return node == null ? "" : node.content.lines().findFirst().orElse("");
    }

    @Override
    public @Nullable Sid owner(String path) {
        ModelTree.Node node = tree.at(follow(path));
        return node == null ? null : node.descriptor.owner();
    }

    @Override
    public WindowsProbe.Volume volume(String path) {
        return volume;
    }
}

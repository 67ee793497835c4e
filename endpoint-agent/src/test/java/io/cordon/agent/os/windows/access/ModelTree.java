package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One NTFS volume, C:, in memory: names in folders lead to objects, an object has one descriptor whatever it is called, keeps it
 * when it is moved, and takes what it inherits from the folder it is made in. What a token does is subject to
 * {@link AccessCheck}; what the machine does is not. Folders are passed without a check (SeChangeNotifyPrivilege).
 */
final class ModelTree {
    static final long VOLUME = 0xC0FFEEL;
    private static final Sid SYSTEM = Sid.LOCAL_SYSTEM;

    /** A file or folder. */
    static final class Node {
        final long id;
        final boolean directory;
        final @Nullable String target;
        /** Name → child; folders only. */
        final Map<String, Node> children = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        SecurityDescriptor descriptor;
        String content = "";
        /** How many names it has. */
        int links;

        Node(long id, boolean directory, @Nullable String target, SecurityDescriptor descriptor) {
            this.id = id;
            this.directory = directory;
            this.target = target;
            this.descriptor = descriptor;
        }
    }

    private final Node top;
    private final Map<Long, Node> byId = new LinkedHashMap<>();
    private long next = 1;

    /** @param sddl entries of the drive's root */
    ModelTree(String sddl) {
        top = node(true, null, Sddl.parse("O:SYG:SYD:P" + sddl));
    }

    private Node node(boolean directory, @Nullable String target, SecurityDescriptor descriptor) {
        Node node = new Node(next++, directory, target, descriptor);
        byId.put(node.id, node);
        return node;
    }

    // --- what is there

    @Nullable
    Node at(String path) {
        Node at = top;
        for (String name : names(path)) {
            Node child = at.children.get(name);
            if (child == null) {
                return null;
            }
            at = child;
        }
        return at;
    }

    Node get(String path) {
        Node node = at(path);
        if (node == null) {
            throw new AssertionError(path + " is missing");
        }
        return node;
    }

    @Nullable
    Node byId(long id) {
        Node node = byId.get(id);
        return node;
    }

    private static List<String> names(String path) {
        return path.length() <= 3 ? List.of() : List.of(path.substring(3).split("\\\\"));
    }

    static String parent(String path) {
        int last = path.lastIndexOf('\\');
        return last <= 2 ? path.substring(0, 3) : path.substring(0, last);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    /** Every path, parents before children. */
    List<String> paths() {
        List<String> all = new ArrayList<>();
        collect("C:\\", top, all);
        return all;
    }

    private static void collect(String path, Node node, List<String> all) {
        all.add(path);
        node.children.forEach((name, child) -> collect((path.endsWith("\\") ? path : path + "\\") + name, child, all));
    }

    /** Every name of an object. */
    List<String> pathsOf(Node node) {
        List<String> found = new ArrayList<>();
        collect("C:\\", top, node, found);
        return found;
    }

    private static void collect(String path, Node at, Node wanted, List<String> found) {
        if (at == wanted) {
            found.add(path);
        }
        String start = path.endsWith("\\") ? path : path + "\\";
        at.children.forEach((name, child) -> collect(start + name, child, wanted, found));
    }

    /** The path with the case in which its names were made. */
    String spelled(String path) {
        StringBuilder spelled = new StringBuilder("C:");
        Node at = top;
        for (String name : names(path)) {
            Node child = at.children.get(name);
            String made = name;
            for (Map.Entry<String, Node> each : at.children.entrySet()) {
                made = each.getKey().equalsIgnoreCase(name) ? each.getKey() : made;
            }
            spelled.append('\\').append(made);
            if (child == null) {
                return path;
            }
            at = child;
        }
        return spelled.length() == 2 ? "C:\\" : spelled.toString();
    }

    /** Descriptors of everything, as text, by object; to compare two moments. */
    Map<Long, String> descriptors() {
        Map<Long, String> all = new TreeMap<>();
        for (String path : paths()) {
            Node node = get(path);
            all.put(node.id, path.toLowerCase(Locale.ROOT) + " " + Sddl.format(node.descriptor));
        }
        return all;
    }

    // --- what the machine does

    /** Makes a file or folder with everything above it, inheriting, owned by that SID. */
    ModelTree with(String path, boolean directory, Sid owner) {
        if (at(path) == null) {
            with(parent(path), true, owner);
            Node above = get(parent(path));
            put(above, name(path), node(directory, null, inherited(above, directory, owner, SYSTEM)));
        }
        return this;
    }

    ModelTree folder(String path, Sid owner) {
        return with(path, true, owner);
    }

    ModelTree file(String path, Sid owner, String content) {
        with(path, false, owner).get(path).content = content;
        return this;
    }

    /** A junction or symbolic link. */
    ModelTree junction(String path, String target, Sid owner) {
        with(parent(path), true, owner);
        Node above = get(parent(path));
        put(above, name(path), node(true, target, inherited(above, true, owner, SYSTEM)));
        return this;
    }

    /** Sets owner and list as SDDL says; nothing is carried down. */
    ModelTree secure(String path, String sddl) {
        Node node = get(path);
        node.descriptor = Sddl.parse(sddl);
        return this;
    }

    Node make(Node above, String name, boolean directory, SecurityDescriptor descriptor) {
        Node node = node(directory, null, descriptor);
        put(above, name, node);
        return node;
    }

    private static void put(Node above, String name, Node node) {
        above.children.put(name, node);
        node.links++;
    }

    void remove(Node above, String name) {
        Node node = above.children.remove(name);
        if (node != null && --node.links == 0) {
            byId.remove(node.id);
        }
    }

    @Nullable
    Node parentOf(Node node) {
        return byId.values().stream()
                .filter(each -> each.children.containsValue(node))
                .findFirst()
                .orElse(null);
    }

    // --- what a process does; each answers whether it could

    private static boolean may(Node node, Token token, int right) {
        return (AccessCheck.granted(node.descriptor, token) & right) == right;
    }

    private boolean mayRemove(Node above, Node node, Token token) {
        return may(node, token, 0x10000) || may(above, token, 0x40);
    }

    boolean write(String path, Token token, String content) {
        Node node = at(path);
        if (node == null || node.directory || !may(node, token, 0x2) && !may(node, token, 0x4)) {
            return false;
        }
        node.content = content;
        return true;
    }

    boolean reads(String path, Token token) {
        Node node = at(path);
        return node != null && may(node, token, 0x1);
    }

    boolean create(String path, boolean directory, Token token, @Nullable SecurityDescriptor own, Sid logon) {
        Node above = at(parent(path));
        if (above == null || !above.directory || above.target != null || at(path) != null) {
            return false;
        }
        if (!may(above, token, directory ? 0x4 : 0x2)) {
            return false;
        }
        SecurityDescriptor descriptor = own == null ? inherited(above, directory, token.user(), logon) : own;
        put(above, name(path), node(directory, null, descriptor));
        return true;
    }

    boolean delete(String path, Token token) {
        Node node = at(path);
        Node above = at(parent(path));
        if (node == null || above == null || path.length() <= 3 || !node.children.isEmpty()) {
            return false;
        }
        if (!mayRemove(above, node, token)) {
            return false;
        }
        remove(above, name(path));
        return true;
    }

    /** Moves, replacing a file that is there; an object keeps its descriptor. */
    boolean rename(String from, String to, Token token) {
        Node node = at(from);
        Node above = at(parent(from));
        Node below = at(parent(to));
        if (node == null || above == null || below == null || !below.directory || below.target != null) {
            return false;
        }
        if (from.length() <= 3
                || (to + "\\").toLowerCase(Locale.ROOT).startsWith(from.toLowerCase(Locale.ROOT) + "\\")) {
            return false;
        }
        Node there = at(to);
        boolean room = there == null || !there.directory && !node.directory && mayRemove(below, there, token);
        if (!room || !mayRemove(above, node, token) || !may(below, token, node.directory ? 0x4 : 0x2)) {
            return false;
        }
        if (there != null) {
            remove(below, name(to));
        }
        above.children.remove(name(from));
        below.children.put(name(to), node);
        return true;
    }

    /** A second name; whoever may open the file at all may give it one where files can be made. */
    boolean link(String from, String to, Token token) {
        Node node = at(from);
        Node below = at(parent(to));
        if (node == null || node.directory || below == null || !below.directory || at(to) != null) {
            return false;
        }
        if (AccessCheck.granted(node.descriptor, token) == 0 || !may(below, token, 0x2)) {
            return false;
        }
        put(below, name(to), node);
        return true;
    }

    boolean setDacl(String path, Token token, SecurityDescriptor descriptor) {
        Node node = at(path);
        if (node == null || !may(node, token, 0x40000)) {
            return false;
        }
        node.descriptor = new SecurityDescriptor(
                descriptor.control(), node.descriptor.owner(), node.descriptor.group(), null, descriptor.dacl());
        return true;
    }

    // --- creation

    /** MS-DTYP 2.5.3.4: what a new object gets. Written apart from what carries changes down. */
    private static SecurityDescriptor inherited(Node above, boolean directory, Sid owner, Sid logon) {
        List<AclEntry> entries = new ArrayList<>();
        for (AclEntry entry : above.descriptor.entries()) {
            if (entry instanceof Ace ace) {
                inherit(ace, directory, owner, entries);
            }
        }
        if (entries.isEmpty()) {
            entries.add(Ace.allow(0, 0x1F01FF, logon));
            entries.add(Ace.allow(0, 0x20000, Sid.OWNER_RIGHTS));
        }
        // The primary group of local accounts is never looked at.
        return new SecurityDescriptor(
                0x4 | 0x400, owner, Sid.parse("S-1-5-21-1-2-3-513"), null, Acl.of(entries.toArray(new AclEntry[0])));
    }

    private static void inherit(Ace ace, boolean directory, Sid owner, List<AclEntry> to) {
        int flags = ace.flags();
        boolean forFiles = (flags & 1) != 0;
        boolean forFolders = (flags & 2) != 0;
        boolean once = (flags & 4) != 0;
        boolean creator = ace.sid().toString().equals("S-1-3-0");
        Sid sid = creator ? owner : ace.sid();
        if (!directory) {
            if (forFiles) {
                to.add(new Ace(ace.allow(), 0x10, ace.mask(), sid));
            }
            return;
        }
        int on = once ? 0 : flags & 3;
        if (forFolders && !creator) {
            to.add(new Ace(ace.allow(), on | 0x10, ace.mask(), sid));
        } else if (forFolders) {
            to.add(new Ace(ace.allow(), 0x10, ace.mask(), sid));
            if (on != 0) {
                to.add(new Ace(ace.allow(), on | 0x8 | 0x10, ace.mask(), ace.sid()));
            }
        } else if (forFiles && !once) {
            to.add(new Ace(ace.allow(), on | 0x8 | 0x10, ace.mask(), ace.sid()));
        }
    }
}

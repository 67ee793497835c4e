package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.windows.Sid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** From a file view to what each object is to the run; nothing here looks at the machine. */
final class AclPlanner {
    private AclPlanner() {}

    /**
     * @param capability of each root of the view
     * @return in the order in which it is to be set
     */
    static List<Wanted> plan(FileView.Acls view, Function<FileView.Root, Sid> capability) {
        Set<Wanted> wanted = new LinkedHashSet<>();
        List<String> opened = new ArrayList<>(view.entered());
        for (FileView.Root root : view.roots()) {
            Sid sid = capability.apply(root);
            wanted.add(new Wanted(root.path(), Wanted.Role.ROOT, sid, false));
            wanted.add(new Wanted(root.path(), Wanted.Role.HELD, sid, false));
            for (String path : root.protectedPaths()) {
                wanted.add(new Wanted(path, Wanted.Role.PROTECTED, sid, true));
                hold(wanted, root, path, sid);
            }
            for (String path : view.deniedReads()) {
                if (WindowsPaths.inside(path, root.path())) {
                    hold(wanted, root, path, sid);
                }
            }
            opened.add(root.path());
        }
        for (String path : view.deniedReads()) {
            Sid sid = view.roots().stream()
                    .filter(root -> WindowsPaths.inside(path, root.path()))
                    .map(capability)
                    .findFirst()
                    .orElse(null);
            wanted.add(new Wanted(path, Wanted.Role.DENIED, sid, sid != null));
        }
        view.entered().forEach(path -> wanted.add(new Wanted(path, Wanted.Role.ENTERED, null, false)));
        for (String path : opened) {
            for (String above : WindowsPaths.between(WindowsPaths.driveRoot(path), path)) {
                if (!WindowsPaths.insideAny(above, view.deniedReads())) {
                    wanted.add(new Wanted(above, Wanted.Role.PASSAGE, null, false));
                }
            }
        }
        return wanted.stream().sorted(Comparator.comparing(Wanted::role)).toList();
    }

    private static void hold(Set<Wanted> wanted, FileView.Root root, String path, Sid sid) {
        for (String between : WindowsPaths.between(root.path(), path)) {
            wanted.add(new Wanted(between, Wanted.Role.HELD, sid, false));
        }
    }
}

package io.cordon.agent.os.windows.access;

import io.cordon.agent.os.FileView;
import io.cordon.agent.os.Principal;
import io.cordon.agent.os.windows.Sid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One call of {@link AclProvisioner#prepare}: admit the roots, plan, make what is missing, look, write. */
final class Preparation {
    private final SecuredFiles files;
    private final AclBook book;
    private final FolderBook folders;
    private final Trustees trustees;
    private final String temporary;
    private final String policy;
    private final FileView.Acls view;
    private final Principal principal;
    private final AclProvisioner.AclMode mode;
    private final Sid developer;
    private final String scope;
    private final TreeStamp tree;
    private final OwnerReturn owners;

    Preparation(
            SecuredFiles files,
            AclBook book,
            FolderBook folders,
            Trustees trustees,
            String temporary,
            String policy,
            FileView.Acls view,
            Principal principal,
            AclProvisioner.AclMode mode) {
        this.files = files;
        this.book = book;
        this.folders = folders;
        this.trustees = trustees;
        this.temporary = temporary;
        this.policy = policy;
        this.view = view;
        this.principal = principal;
        this.mode = mode;
        this.developer = Sid.parse(principal.account().windows().sid());
        this.scope = AclKeys.scope(policy, view, principal);
        this.tree = new TreeStamp(trustees.accounts(), temporary);
        this.owners = new OwnerReturn(files, folders, tree);
    }

    String scope() {
        return scope;
    }

    /** @return the capability of each root of the view */
    List<Sid> run() throws IOException {
        Map<String, RootAdmission.Admitted> roots = admitRoots();
        List<Wanted> plan = AclPlanner.plan(
                view, root -> Objects.requireNonNull(roots.get(root.path())).capability());
        if (mode == AclProvisioner.AclMode.MANUAL) {
            plan = requireAdministrators(plan);
        }
        makeMissing(plan);
        TargetSurvey survey = new TargetSurvey(files, book, tree, trustees, developer, scope);
        new AclWriter(files, book, tree, owners, scope, policy, developer).write(survey.look(plan, roots));
        return roots.values().stream().map(RootAdmission.Admitted::capability).toList();
    }

    private Map<String, RootAdmission.Admitted> admitRoots() throws IOException {
        TemporaryFolder own = new TemporaryFolder(files, folders, temporary, developer);
        RunMade made = new RunMade(files, book, owners, tree, principal, mode);
        return new RootAdmission(files, book, own, made, principal).admit(view);
    }

    /** Refuses unless administrators have set what is theirs to set; the rest of the plan is for Cordon to set. */
    private List<Wanted> requireAdministrators(List<Wanted> plan) throws IOException {
        List<Wanted> theirs =
                plan.stream().filter(wanted -> !isCordons(wanted.path())).toList();
        new ManualAcls(files, trustees, tree, developer).require(theirs);
        return plan.stream().filter(wanted -> isCordons(wanted.path())).toList();
    }

    /** Cordon's own folder, which is no administrator's to look after. */
    private boolean isCordons(String path) {
        return WindowsPaths.inside(path, WindowsPaths.parent(temporary));
    }

    private void makeMissing(List<Wanted> plan) throws IOException {
        Placeholders placeholders = new Placeholders(files, book, trustees, developer, scope);
        for (Wanted wanted : plan) {
            if (wanted.create()) {
                placeholders.ensure(wanted);
            }
        }
    }
}

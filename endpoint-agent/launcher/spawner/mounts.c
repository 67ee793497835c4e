#define _GNU_SOURCE
#include "mounts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static void arg(struct buf *b, const char *text) {
    buf_put(b, text, strlen(text) + 1);
}

static void arg_number(struct buf *b, const char *option, int number) {
    char text[16];
    snprintf(text, sizeof text, "%d", number);
    arg(b, option);
    arg(b, text);
}

/* Inherited by bubblewrap on purpose (no O_CLOEXEC): it closes the source after mounting it. */
static int open_source(const char *path) {
    struct open_how how = {.flags = O_PATH, .resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how);
}

static const char *add_bind(struct buf *b, const struct sandbox *sandbox, const struct plan_mount *m, const char *src) {
    static char problem[PATH_MAX + 64];
    bool writable = m->op == MOUNT_BIND;
    int fd = open_source(src);
    if (fd < 0) {
        snprintf(problem, sizeof problem, "cannot open %s: %s", src, errno == ELOOP ? "it leads through a symbolic link" : strerror(errno));
        return problem;
    }
    if (sandbox->bind_fd) {
        arg_number(b, writable ? "--bind-fd" : "--ro-bind-fd", fd);
    } else {
        close(fd);
        arg(b, writable ? "--bind" : "--ro-bind");
        arg(b, src);
    }
    arg(b, m->dst);
    return NULL;
}

static bool left_out(const struct plan *plan, const struct placeholders *made, const struct plan_mount *m) {
    for (int i = 0; i < plan->placeholder_count; i++)
        if (made->refused[i] && path_within(m->dst, plan->placeholders[i].path)) return true;
    return false;
}

/* bubblewrap covers the writable parts of /proc only where the caller may write the folders themselves. To the owner root the
 * settings in them are writable by ownership, without any capability: so they are always covered here. */
static void cover_proc(struct buf *b, const char *proc) {
    static const char *const parts[] = {"sys", "sysrq-trigger", "irq", "bus"};
    char path[PATH_MAX + 16], host[32];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        snprintf(host, sizeof host, "/proc/%s", parts[i]);
        snprintf(path, sizeof path, "%s/%s", proc[1] ? proc : "", parts[i]);
        arg(b, "--ro-bind-try");
        arg(b, host);
        arg(b, path);
    }
}

bool mounts_own_root(const struct plan *plan, const struct sandbox *sandbox) {
    return plan->root_settings && sandbox->root;
}

static const char *add_mounts(struct buf *b, const struct plan *plan, const struct sandbox *sandbox, const struct placeholders *made) {
    static const char *const plain[] = {[MOUNT_TMPFS] = "--tmpfs", [MOUNT_PROC] = "--proc", [MOUNT_DEV] = "--dev", [MOUNT_DIR] = "--dir"};
    for (int i = 0; i < plan->mount_count; i++) {
        const struct plan_mount *m = &plan->mounts[i];
        if (left_out(plan, made, m)) continue;
        switch (m->op) {
            case MOUNT_RO_BIND:
            case MOUNT_BIND: {
                bool root = m->op == MOUNT_RO_BIND && strcmp(m->src, "/") == 0 && strcmp(m->dst, "/") == 0;
                const char *problem = add_bind(b, sandbox, m, root && mounts_own_root(plan, sandbox) ? sandbox->root : m->src);
                if (problem) return problem;
                break;
            }
            case MOUNT_MASK_DIR:
            case MOUNT_MASK_FILE:
                /* The source belongs to root with mode 000 and is mounted read-only: nobody inside can read or re-mode it. */
                arg(b, "--ro-bind");
                arg(b, m->op == MOUNT_MASK_DIR ? sandbox->mask_dir : sandbox->mask_file);
                arg(b, m->dst);
                break;
            case MOUNT_TMPFS:
            case MOUNT_PROC:
            case MOUNT_DEV:
            case MOUNT_DIR:
                arg(b, plain[m->op]);
                arg(b, m->dst);
                if (m->op == MOUNT_PROC && plan->uid == 0) cover_proc(b, m->dst);
                break;
            case MOUNT_ROOT_SETTINGS:
                /* Else it is in the / that is shown. */
                if (mounts_own_root(plan, sandbox)) break;
                arg(b, "--tmpfs");
                arg(b, m->dst);
                break;
        }
    }
    return NULL;
}

static void add_isolation(struct buf *b, const struct plan *plan, const struct sandbox *sandbox, int seccomp_fd, int userns) {
    static const char *const always[] = {"--unshare-pid", "--unshare-ipc",     "--unshare-uts", "--unshare-cgroup-try",
                                         "--new-session",  "--cap-drop",    "ALL", "--die-with-parent"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) arg(b, always[i]);
    if (userns >= 0) {
        arg_number(b, "--userns", userns); /* made so that there can be no further one */
        if (sandbox->disable_userns) arg(b, "--assert-userns-disabled");
    } else {
        arg(b, "--unshare-user");
        if (sandbox->disable_userns) arg(b, "--disable-userns");
    }
    arg(b, "--hostname");
    arg(b, plan->hostname);
    arg_number(b, "--seccomp", seccomp_fd);
    arg(b, "--clearenv");
    for (const struct json *e = plan->env->first; e; e = e->next) {
        arg(b, "--setenv");
        arg(b, e->key);
        arg(b, e->text);
    }
}

int mounts_write_args(const struct plan *plan, const struct sandbox *sandbox, const struct placeholders *made, int seccomp_fd, int userns,
                      const char **problem) {
    struct buf b = {0};
    add_isolation(&b, plan, sandbox, seccomp_fd, userns);
    *problem = add_mounts(&b, plan, sandbox, made);
    arg(&b, "--chdir");
    arg(&b, plan->cwd);
    int fd = -1;
    if (!*problem) {
        fd = memfd_create("arguments", 0);
        if (b.failed || fd < 0 || write(fd, b.data, b.len) != (ssize_t)b.len || lseek(fd, 0, SEEK_SET) != 0) {
            *problem = "cannot pass the arguments to bubblewrap";
            fd = -1;
        }
    }
    buf_free(&b);
    return fd;
}

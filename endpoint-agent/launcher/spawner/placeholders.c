#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mounts.h"

/* Opens the folder that holds the path, through no symbolic link. *name points at the last component. */
static int open_parent(const char *path, const char **name) {
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    *name = slash + 1;
    snprintf(parent, sizeof parent, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, AT_FDCWD, parent, &how, sizeof how);
}

/* 1: created, 0: it was there, -1: errno. */
static int create(const struct plan_placeholder *p) {
    const char *name;
    int parent = open_parent(p->path, &name);
    if (parent < 0) return -1;
    int result;
    if (p->dir) {
        result = mkdirat(parent, name, 0755) == 0 ? 1 : -1;
    } else {
        int fd = openat(parent, name, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY | O_CLOEXEC, 0644);
        result = fd >= 0 ? 1 : -1;
        if (fd >= 0) close(fd);
    }
    int error = errno;
    close(parent);
    if (result < 0 && error == EEXIST) return 0;
    errno = error;
    return result;
}

const char *placeholders_create(const struct plan *plan, struct placeholders *made) {
    static char problem[PATH_MAX + 64];
    umask(022);
    for (int i = 0; i < plan->placeholder_count; i++) {
        int result = create(&plan->placeholders[i]);
        made->created[i] = result == 1;
        made->refused[i] = result < 0 && (errno == EACCES || errno == EPERM || errno == EROFS);
        if (result < 0 && !made->refused[i]) {
            snprintf(problem, sizeof problem, "cannot create the placeholder %s: %s", plan->placeholders[i].path, strerror(errno));
            return problem;
        }
    }
    return NULL;
}

void placeholder_remove(const char *path, bool dir) {
    const char *name;
    struct stat st;
    int parent = open_parent(path, &name);
    if (parent < 0) return;
    if (dir) {
        unlinkat(parent, name, AT_REMOVEDIR); /* refuses what is not empty */
    } else if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) && st.st_size == 0) {
        unlinkat(parent, name, 0);
    }
    close(parent);
}

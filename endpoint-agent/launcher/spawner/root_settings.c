#define _GNU_SOURCE
#include "root_settings.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "root_owner.h"

#define MAX_ENTRIES 256
#define MAX_FILE (1 << 20)

static char problem[PATH_MAX + 128];
static int entries;

static const char *cannot(const char *what, const char *path) {
    snprintf(problem, sizeof problem, "cannot %s %s: %s", what, path, strerror(errno));
    return problem;
}

static const char *counted(const char *path) {
    if (++entries <= MAX_ENTRIES) return NULL;
    snprintf(problem, sizeof problem, "%s: more than %d entries", path, MAX_ENTRIES);
    return problem;
}

static bool next_entry(DIR *dir, struct dirent **entry) {
    do *entry = readdir(dir);
    while (*entry && (strcmp((*entry)->d_name, ".") == 0 || strcmp((*entry)->d_name, "..") == 0));
    return *entry;
}

/* A folder of the root as it is: everything below it, as it is mounted. */
static const char *show_entry(const char *name, const char *place) {
    char from[NAME_MAX + 2], to[PATH_MAX], link[PATH_MAX];
    struct stat st;
    snprintf(from, sizeof from, "/%s", name);
    if (snprintf(to, sizeof to, "%s/%s", place, name) >= (int)sizeof to) return errno = ENAMETOOLONG, cannot("show", from);
    if (lstat(from, &st) != 0) return errno == ENOENT ? NULL : cannot("look at", from);
    if (S_ISLNK(st.st_mode)) {
        ssize_t n = readlink(from, link, sizeof link - 1);
        if (n < 0) return cannot("read", from);
        link[n] = 0;
        return symlink(link, to) == 0 ? NULL : cannot("make", to);
    }
    if (S_ISDIR(st.st_mode)) {
        if (mkdir(to, 0755) != 0) return cannot("make", to);
    } else if (S_ISREG(st.st_mode)) {
        if (mknod(to, S_IFREG | 0444, 0) != 0) return cannot("make", to);
    } else {
        return NULL;
    }
    return mount(from, to, NULL, MS_BIND | MS_REC, NULL) == 0 ? NULL : cannot("show", from);
}

static const char *show_root(const char *place) {
    DIR *root = opendir("/");
    if (!root) return cannot("read", "/");
    const char *wrong = NULL;
    struct dirent *entry;
    while (!wrong && next_entry(root, &entry)) {
        wrong = counted("/");
        if (!wrong && strcmp(entry->d_name, ROOT_SETTINGS_TOP) != 0) wrong = show_entry(entry->d_name, place);
    }
    closedir(root);
    return wrong;
}

static bool roots_alone(const struct stat *st, mode_t readable) {
    return st->st_uid == 0 && (st->st_mode & (S_IWGRP | S_IWOTH)) == 0 && (st->st_mode & readable) == readable;
}

static int owned(int fd, mode_t mode) {
    return fchown(fd, ROOTS_STAND_IN, 0) == 0 && fchmod(fd, mode) == 0 ? 0 : -1;
}

static const char *copy_file(int from, int into, const char *name) {
    static char content[MAX_FILE + 1];
    size_t size = 0;
    ssize_t n;
    while ((n = read(from, content + size, sizeof content - size)) > 0) size += (size_t)n;
    if (n < 0) return cannot("read", name);
    if (size > MAX_FILE) return errno = EFBIG, cannot("copy", name);
    int fd = openat(into, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
    if (fd < 0) return cannot("make", name);
    bool written = write(fd, content, size) == (ssize_t)size && owned(fd, 0444) == 0;
    close(fd);
    return written ? NULL : cannot("write", name);
}

static const char *copy_folder(int from, int into, int depth);

static const char *copy_entry(int from, int into, const char *name, int depth) {
    int fd = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return errno == ELOOP || errno == ENOENT || errno == ENXIO ? NULL : cannot("open", name);
    struct stat st;
    const char *wrong = NULL;
    if (fstat(fd, &st) != 0) {
        wrong = cannot("look at", name);
    } else if (S_ISREG(st.st_mode) && roots_alone(&st, S_IROTH)) {
        wrong = copy_file(fd, into, name);
    } else if (S_ISDIR(st.st_mode) && roots_alone(&st, S_IROTH | S_IXOTH) && depth > 0) {
        int folder = mkdirat(into, name, 0755) == 0 ? openat(into, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
        wrong = folder < 0 || owned(folder, 0755) != 0 ? cannot("make", name) : copy_folder(fd, folder, depth - 1);
        if (folder >= 0) close(folder);
    }
    close(fd);
    return wrong;
}

static const char *copy_folder(int from, int into, int depth) {
    int again = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = again < 0 ? NULL : fdopendir(again);
    if (!dir) return cannot("read", "a folder of settings");
    const char *wrong = NULL;
    struct dirent *entry;
    while (!wrong && next_entry(dir, &entry)) {
        wrong = counted("the settings");
        if (!wrong) wrong = copy_entry(from, into, entry->d_name, depth);
    }
    closedir(dir);
    return wrong;
}

/* Every folder that leads to a copy is the stand-in's. Returns a descriptor of the last. */
static int make_way(const char *place, const char *folder) {
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s/" ROOT_SETTINGS_TOP "%s", place, folder);
    for (char *at = path + strlen(place) + 1;; at++) {
        if (*at != '/' && *at) continue;
        char was = *at;
        *at = 0;
        if (mkdir(path, 0755) == 0 ? lchown(path, ROOTS_STAND_IN, 0) != 0 : errno != EEXIST) return -1;
        if (!was) break;
        *at = was;
    }
    return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static const char *copy_settings(const char *folder, const char *place) {
    struct open_how how = {.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    int from = (int)syscall(SYS_openat2, AT_FDCWD, folder, &how, sizeof how);
    if (from < 0) return cannot("open", folder);
    int into = make_way(place, folder);
    struct stat st;
    const char *wrong = into < 0 || fstat(from, &st) != 0 ? cannot("copy", folder) : NULL;
    /* Of a folder that others can write to nothing is root's word. */
    if (!wrong && roots_alone(&st, S_IROTH | S_IXOTH)) wrong = copy_folder(from, into, 1);
    close(from);
    if (into >= 0) close(into);
    return wrong;
}

static const char *lay_over(const char *folder, const char *place) {
    char from[PATH_MAX], to[PATH_MAX];
    if (snprintf(from, sizeof from, "%s/" ROOT_SETTINGS_TOP "%s", place, folder) >= (int)sizeof from) return errno = ENAMETOOLONG, cannot("show", folder);
    snprintf(to, sizeof to, "%s%s", place, folder);
    return mount(from, to, NULL, MS_BIND, NULL) == 0 ? NULL : cannot("show", folder);
}

static const char *each(const struct plan *plan, const char *place, const char *(*step)(const char *, const char *)) {
    const char *wrong = NULL;
    for (int i = 0; !wrong && i < plan->mount_count; i++)
        if (plan->mounts[i].op == MOUNT_ROOT_SETTINGS) wrong = step(plan->mounts[i].dst, place);
    return wrong;
}

const char *root_settings_show(const struct plan *plan, const char *place) {
    const unsigned long flags = MS_NOSUID | MS_NODEV;
    char options[96];
    snprintf(options, sizeof options, "mode=0755,uid=%u,gid=0,size=16m,nr_inodes=1024", ROOTS_STAND_IN);
    umask(022);
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) != 0) return cannot("leave", "the host's mounts");
    if (mount("cordon", place, "tmpfs", flags, options) != 0) return cannot("mount", place);
    /* Not shown within itself by the folder that it lies in. */
    if (mount(NULL, place, NULL, MS_UNBINDABLE, NULL) != 0) return cannot("mount", place);
    const char *wrong = show_root(place);
    if (!wrong) wrong = each(plan, place, copy_settings);
    if (wrong) return wrong;
    /* The file system, not the mount: no namespace but the host's own can take that back. */
    if (mount(NULL, place, NULL, MS_REMOUNT | MS_RDONLY | flags, NULL) != 0) return cannot("close", place);
    if (mount(NULL, place, NULL, MS_PRIVATE, NULL) != 0) return cannot("close", place);
    return each(plan, place, lay_over);
}

#define _GNU_SOURCE
#include "sealed_stdio.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif
#define TREE_CLONE 1u       /* OPEN_TREE_CLONE of linux/mount.h, which clashes with sys/mount.h in older C libraries */
#define READ_ONLY 0x1u      /* MOUNT_ATTR_RDONLY */
#define NO_SETUID 0x2u      /* MOUNT_ATTR_NOSUID */

/* The file by way of a detached, read-only copy of its mount; -1 and errno. */
static int reopen_read_only(int fd) {
    struct {
        uint64_t set, clear, propagation, userns;
    } attributes = {.set = READ_ONLY | NO_SETUID};
    int tree = (int)syscall(SYS_open_tree, fd, "", TREE_CLONE | AT_EMPTY_PATH | O_CLOEXEC);
    if (tree < 0) return -1;
    char link[32];
    int again = -1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", tree);
    if (syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attributes, sizeof attributes) == 0)
        again = open(link, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int error = errno;
    close(tree);
    errno = error;
    return again;
}

const char *stdio_seal(int stdio[3]) {
    static char problem[160];
    for (int i = 0; i < 3; i++) {
        struct stat st;
        int flags = fcntl(stdio[i], F_GETFL);
        if (flags < 0 || fstat(stdio[i], &st) != 0) return "a standard handle cannot be looked at";
        if (S_ISDIR(st.st_mode) || (flags & O_PATH)) {
            snprintf(problem, sizeof problem, "standard handle %d is a folder; pass a file, a pipe or /dev/null", i);
            return problem;
        }
        /* An unlinked file (a here-document) is nobody's any more, and what may be written may be written anyway. */
        if (!S_ISREG(st.st_mode) || st.st_nlink == 0 || (flags & O_ACCMODE) != O_RDONLY) continue;
        off_t at = lseek(stdio[i], 0, SEEK_CUR);
        int again = reopen_read_only(stdio[i]);
        if (again < 0) {
            snprintf(problem, sizeof problem, "standard handle %d cannot be made read-only (%s); pass the file through a pipe", i, strerror(errno));
            return problem;
        }
        fcntl(again, F_SETFL, flags & ~O_NONBLOCK);
        if (at > 0) lseek(again, at, SEEK_SET);
        close(stdio[i]);
        stdio[i] = again;
    }
    return NULL;
}

#define _GNU_SOURCE
#include "root_owner.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static int put(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t size = (ssize_t)strlen(text), written = write(fd, text, (size_t)size);
    int error = written < 0 ? errno : EIO;
    close(fd);
    if (written == size) return 0;
    errno = error;
    return -1;
}

/* The maps of a process that has just entered a namespace of its own; `root` is the stand-in's number outside of that. */
static int map(pid_t pid, uid_t root, uid_t uid, gid_t gid) {
    char path[48], text[80];
    snprintf(path, sizeof path, "/proc/%d/uid_map", (int)pid);
    snprintf(text, sizeof text, "0 %u 1\n%u %u 1\n", root, uid, uid);
    if (put(path, text) != 0) return -1;
    snprintf(path, sizeof path, "/proc/%d/setgroups", (int)pid);
    if (put(path, "deny") != 0) return -1;
    snprintf(path, sizeof path, "/proc/%d/gid_map", (int)pid);
    snprintf(text, sizeof text, "%u %u 1\n", gid, gid);
    return put(path, text);
}

/* One byte: 0 is success. A process that ends without a word has failed. */
static int await(int fd) {
    unsigned char error = ECHILD;
    ssize_t n;
    do n = read(fd, &error, 1);
    while (n < 0 && errno == EINTR);
    errno = error;
    return n == 1 && error == 0 ? 0 : -1;
}

static void tell(int fd, int error) {
    unsigned char byte = (unsigned char)error;
    (void)!write(fd, &byte, 1);
}

struct helper {
    pid_t pid;
    int to, from;
};

/* Forks; in the helper the ends are the other way round and pid is 0. */
static int helper_start(struct helper *h) {
    int there[2], back[2];
    if (pipe2(there, O_CLOEXEC) != 0) return -1;
    if (pipe2(back, O_CLOEXEC) != 0) return -1;
    h->pid = fork();
    if (h->pid < 0) return -1;
    bool inside = h->pid == 0;
    h->to = inside ? back[1] : there[1];
    h->from = inside ? there[0] : back[0];
    close(inside ? back[0] : back[1]);
    close(inside ? there[1] : there[0]);
    return 0;
}

static int helper_end(struct helper *h, int result) {
    int error = errno;
    kill(h->pid, SIGKILL);
    waitpid(h->pid, NULL, 0);
    close(h->to);
    close(h->from);
    errno = error;
    return result;
}

/* A namespace can only be mapped by a process outside of it: a helper that stays behind as root. */
static int enter_outer(uid_t uid, gid_t gid) {
    pid_t self = getpid();
    struct helper h;
    if (helper_start(&h) != 0) return -1;
    if (h.pid == 0) {
        if (await(h.from) == 0) tell(h.to, map(self, ROOTS_STAND_IN, uid, gid) == 0 ? 0 : errno);
        _exit(0);
    }
    int result = unshare(CLONE_NEWUSER);
    if (result == 0) tell(h.to, 0);
    if (result == 0) result = await(h.from);
    return helper_end(&h, result);
}

/* The inner namespace belongs to whoever makes it, and is held by a descriptor once its maker is gone. */
static int make_inner(uid_t uid, gid_t gid) {
    struct helper h;
    if (helper_start(&h) != 0) return -1;
    if (h.pid == 0) {
        /* Its maps are its own user's to write, not root's as after a change of identity. Nobody outside the outer namespace may
         * trace it all the same. */
        bool made = unshare(CLONE_NEWUSER) == 0 && prctl(PR_SET_DUMPABLE, 1) == 0;
        tell(h.to, made ? 0 : errno);
        await(h.from);
        _exit(0);
    }
    char path[48];
    snprintf(path, sizeof path, "/proc/%d/ns/user", (int)h.pid);
    int fd = -1;
    if (await(h.from) == 0 && map(h.pid, 0, uid, gid) == 0) fd = open(path, O_RDONLY);
    return helper_end(&h, fd);
}

static int drop_capabilities(void) {
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {0};
    return (int)syscall(SYS_capset, &head, none);
}

int root_owner_become(uid_t uid, gid_t gid) {
    if (enter_outer(uid, gid) != 0) return -1;
    /* Root is not the outer namespace's number 0, so leaving it does not drop capabilities by itself. */
    if (setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0) return -1;
    if (put("/proc/sys/user/max_user_namespaces", "1") != 0) return -1;
    int inner = make_inner(uid, gid);
    if (inner < 0 || drop_capabilities() != 0) return -1;
    return inner;
}

bool root_owner_available(void) {
    pid_t pid = fork();
    if (pid == 0) _exit(setgroups(0, NULL) == 0 && root_owner_become(NOBODY, NOBODY) >= 0 ? 0 : 1);
    int status = -1;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

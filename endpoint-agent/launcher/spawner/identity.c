#define _GNU_SOURCE
#include "identity.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../json.h"

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77
#endif

static ssize_t read_proc(pid_t pid, const char *file, char *out, size_t size) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t n = read(fd, out, size - 1);
    close(fd);
    if (n >= 0) out[n] = 0;
    return n;
}

static bool read_stat(struct identity *who) {
    char line[1024];
    if (read_proc(who->pid, "stat", line, sizeof line) <= 0) return false;
    char *field = strrchr(line, ')'); /* the name may hold anything, blanks and parentheses too */
    if (!field) return false;
    char *save = NULL, *token = strtok_r(field + 1, " ", &save);
    for (int number = 3; token; number++, token = strtok_r(NULL, " ", &save)) {
        if (number == 6) who->session_id = atoi(token);
        if (number == 22) {
            who->start_time = strtoull(token, NULL, 10);
            return true;
        }
    }
    return false;
}

/* A caller in another mount namespace means other files by the same paths: confining it by path would confine nothing. */
static bool same_mounts(pid_t pid) {
    char path[64];
    struct stat ours, theirs;
    snprintf(path, sizeof path, "/proc/%d/ns/mnt", pid);
    return stat("/proc/self/ns/mnt", &ours) == 0 && stat(path, &theirs) == 0 && ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

static bool same_root(pid_t pid) {
    char path[64];
    struct stat ours, theirs;
    snprintf(path, sizeof path, "/proc/%d/root", pid);
    return stat("/proc/self/root/", &ours) == 0 && stat(path, &theirs) == 0 && ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev;
}

const char *identity_of_peer(int socket, struct identity *who) {
    struct ucred cred;
    socklen_t size = sizeof cred;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &cred, &size) != 0 || cred.pid <= 0) return "the kernel does not name the peer";
    *who = (struct identity){.pid = cred.pid, .uid = cred.uid, .gid = cred.gid, .login_uid = -1};

    socklen_t bytes = sizeof who->groups;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, who->groups, &bytes) != 0) return "the caller has too many groups";
    who->group_count = (int)(bytes / sizeof *who->groups);

    /* The descriptor pins the process: while it shows the process alive, what /proc says under this pid is about the peer. */
    int pidfd = -1;
    socklen_t fd_size = sizeof pidfd;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &fd_size) != 0) pidfd = (int)syscall(SYS_pidfd_open, cred.pid, 0);
    if (pidfd < 0) return "the caller is gone";

    const char *problem = NULL;
    char text[64], link[64];
    if (!read_stat(who)) problem = "the caller is gone";
    if (!problem && !same_mounts(cred.pid)) problem = "the caller lives in another mount namespace; run cordon outside of containers";
    if (!problem && !same_root(cred.pid)) problem = "the caller has another root directory; run cordon outside of chroot";
    if (read_proc(cred.pid, "loginuid", text, sizeof text) > 0) {
        long long login = atoll(text);
        who->login_uid = login == 4294967295LL ? -1 : login;
    }
    snprintf(link, sizeof link, "/proc/%d/exe", cred.pid);
    ssize_t n = readlink(link, who->exe, sizeof who->exe - 1);
    who->exe[n > 0 ? n : 0] = 0;

    struct pollfd alive = {.fd = pidfd, .events = POLLIN};
    if (!problem && poll(&alive, 1, 0) != 0) problem = "the caller is gone";
    close(pidfd);
    return problem;
}

void identity_write(struct buf *b, const struct identity *who) {
    json_key(b, "caller");
    buf_text(b, "{");
    json_member_integer(b, "pid", who->pid);
    json_member_integer(b, "uid", who->uid);
    json_member_integer(b, "gid", who->gid);
    json_key(b, "groups");
    buf_text(b, "[");
    for (int i = 0; i < who->group_count; i++) buf_printf(b, i ? ",%u" : "%u", who->groups[i]);
    buf_text(b, "]");
    json_member_integer(b, "startTime", (int64_t)who->start_time);
    json_member_string(b, "exe", who->exe);
    json_member_integer(b, "loginUid", who->login_uid);
    json_member_integer(b, "sessionId", who->session_id);
    buf_text(b, "}");
}

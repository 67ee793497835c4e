/* Who is calling, as the kernel says. */
#ifndef CORDON_IDENTITY_H
#define CORDON_IDENTITY_H

#include <limits.h>
#include <stdint.h>
#include <sys/types.h>

#include "../buf.h"

#define IDENTITY_MAX_GROUPS 1024

struct identity {
    pid_t pid;
    uid_t uid;
    gid_t gid;
    gid_t groups[IDENTITY_MAX_GROUPS];
    int group_count;
    uint64_t start_time; /* clock ticks after boot, /proc/<pid>/stat field 22 */
    int session_id;
    int64_t login_uid; /* -1: none */
    char exe[PATH_MAX];
};

/* NULL, or why the peer cannot be identified. */
const char *identity_of_peer(int socket, struct identity *who);

/* Writes the "caller" object. */
void identity_write(struct buf *b, const struct identity *who);

#endif

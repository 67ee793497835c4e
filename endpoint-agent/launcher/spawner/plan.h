/* A plan: what the Java service decided about one run, read into plain data and checked against what the kernel said of
 * the caller. The spawner obeys no plan that fails the check. */
#ifndef CORDON_PLAN_H
#define CORDON_PLAN_H

#include "../json.h"
#include "identity.h"

#define PLAN_MAX_MOUNTS 1024
#define PLAN_MAX_PLACEHOLDERS 256
#define PLAN_MAX_PORTS 32
#define PLAN_MAX_PROTECT 16
#define PLAN_MAX_HELLO 256

enum mount_op { MOUNT_RO_BIND, MOUNT_BIND, MOUNT_TMPFS, MOUNT_MASK_FILE, MOUNT_MASK_DIR, MOUNT_PROC, MOUNT_DEV, MOUNT_DIR, MOUNT_ROOT_SETTINGS };

struct plan_mount {
    enum mount_op op;
    const char *src; /* binds only */
    const char *dst;
};

struct plan_placeholder {
    const char *path;
    bool dir;
};

struct plan {
    struct json_doc doc; /* owns every text below */
    uid_t uid;
    gid_t gid;
    gid_t groups[IDENTITY_MAX_GROUPS];
    int group_count;
    const char *cwd;
    char **argv; /* NULL-terminated */
    const struct json *env;
    struct plan_mount mounts[PLAN_MAX_MOUNTS];
    int mount_count;
    bool root_settings; /* one of them is MOUNT_ROOT_SETTINGS */
    struct plan_placeholder placeholders[PLAN_MAX_PLACEHOLDERS];
    int placeholder_count;
    char *revived[PLAN_MAX_PLACEHOLDERS]; /* paths that the spawner added, owned by the plan */
    bool offline;
    int ports[PLAN_MAX_PORTS];
    int port_count;
    int hello_port;    /* 0: none */
    const char *hello; /* what the relay says first on its connections to that port */
    bool debugging;
    int64_t processes, memory_mib, wall_clock_seconds, open_files; /* 0: no limit of ours */
    const char *hostname;
};

/* What the caller asked for, and what must hold for every plan. */
struct plan_rules {
    const struct identity *caller;
    const struct json *argv; /* the request's */
    const char *cwd;         /* the request's, from the kernel */
    const char *protect[PLAN_MAX_PROTECT];
    int protect_count;
};

/* Both return NULL or what is wrong (valid until the next call). Free with plan_free in either case. */
const char *plan_read(struct plan *plan, const struct json *object);
const char *plan_check(const struct plan *plan, const struct plan_rules *rules);
void plan_free(struct plan *plan);

/* True when path is dir or lies beneath it; both absolute and without "." or "..". */
bool path_within(const char *path, const char *dir);

#endif

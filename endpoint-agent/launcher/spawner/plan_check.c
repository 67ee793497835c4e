#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"

static char problem[PATH_MAX + 128];

#define REFUSE(...) return snprintf(problem, sizeof problem, __VA_ARGS__), problem

bool path_within(const char *path, const char *dir) {
    size_t n = strlen(dir);
    if (n == 1) return true; /* "/" */
    return strncmp(path, dir, n) == 0 && (path[n] == 0 || path[n] == '/');
}

static int by_value(const void *a, const void *b) {
    gid_t x = *(const gid_t *)a, y = *(const gid_t *)b;
    return x < y ? -1 : x > y;
}

static bool same_groups(const struct plan *plan, const struct identity *caller) {
    static gid_t a[IDENTITY_MAX_GROUPS], b[IDENTITY_MAX_GROUPS];
    if (plan->group_count != caller->group_count) return false;
    size_t size = (size_t)plan->group_count * sizeof *a;
    memcpy(a, plan->groups, size);
    memcpy(b, caller->groups, size);
    qsort(a, (size_t)plan->group_count, sizeof *a, by_value);
    qsort(b, (size_t)plan->group_count, sizeof *b, by_value);
    return memcmp(a, b, size) == 0;
}

/* Where inside the sandbox one protected directory can be seen, followed through the mounts in their order. The sandbox
 * starts empty, so nothing is exposed until a bind of an ancestor shows it; a mount over it hides it again. */
struct exposures {
    char at[64][PATH_MAX];
    int count;
};

static void hide(struct exposures *e, const char *dst) {
    for (int i = 0; i < e->count;) {
        if (path_within(e->at[i], dst)) {
            memmove(e->at[i], e->at[--e->count], PATH_MAX);
        } else {
            i++;
        }
    }
}

static bool expose(struct exposures *e, const struct plan_mount *m, const char *protect) {
    if (e->count == 64) return false;
    const char *rest = m->src[1] == 0 ? protect : protect + strlen(m->src);
    const char *base = m->dst[1] == 0 ? "" : m->dst;
    return snprintf(e->at[e->count++], PATH_MAX, "%s%s", base, rest) < PATH_MAX;
}

static const char *check_protected(const struct plan *plan, const char *protect) {
    static struct exposures e;
    e.count = 0;
    for (int i = 0; i < plan->mount_count; i++) {
        const struct plan_mount *m = &plan->mounts[i];
        bool bind = m->op == MOUNT_RO_BIND || m->op == MOUNT_BIND;
        if (bind && path_within(m->src, protect)) REFUSE("mounts: %s shows %s", m->src, protect);
        if (m->op == MOUNT_ROOT_SETTINGS && (path_within(m->dst, protect) || path_within(protect, m->dst)))
            REFUSE("mounts: %s shows %s", m->dst, protect);
        if (m->op != MOUNT_DIR) hide(&e, m->dst);
        if (bind && path_within(protect, m->src) && !expose(&e, m, protect)) REFUSE("mounts: %s is shown too often", protect);
    }
    if (e.count) REFUSE("mounts: %s stays visible at %s (expected: mask-dir after the mount that shows it)", protect, e.at[0]);
    return NULL;
}

/* Nothing may be created by the service's plan inside what it protects. */
static const char *check_placeholders(const struct plan *plan, const char *protect) {
    for (int i = 0; i < plan->placeholder_count; i++)
        if (path_within(plan->placeholders[i].path, protect)) REFUSE("placeholders: %s lies inside %s", plan->placeholders[i].path, protect);
    return NULL;
}

const char *plan_check(const struct plan *plan, const struct plan_rules *rules) {
    const struct identity *caller = rules->caller;
    if (plan->uid != caller->uid) REFUSE("uid: %u (expected: the caller's %u)", plan->uid, caller->uid);
    if (plan->gid != caller->gid) REFUSE("gid: %u (expected: the caller's %u)", plan->gid, caller->gid);
    if (!same_groups(plan, caller)) REFUSE("groups: not the caller's");
    const struct json *wanted = rules->argv ? rules->argv->first : NULL;
    size_t n = 0;
    for (; wanted && plan->argv[n]; wanted = wanted->next, n++)
        if (strcmp(wanted->text, plan->argv[n]) != 0) REFUSE("argv[%zu]: not what the caller asked for", n);
    if (wanted || plan->argv[n]) REFUSE("argv: not what the caller asked for");
    if (strcmp(plan->cwd, rules->cwd) != 0) REFUSE("cwd: %s (expected: the caller's %s)", plan->cwd, rules->cwd);
    for (int i = 0; i < rules->protect_count; i++) {
        const char *wrong = check_protected(plan, rules->protect[i]);
        if (!wrong) wrong = check_placeholders(plan, rules->protect[i]);
        if (wrong) return wrong;
    }
    return NULL;
}

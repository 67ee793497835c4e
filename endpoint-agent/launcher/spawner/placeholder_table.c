#define _GNU_SOURCE
#include "placeholder_table.h"

#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "front.h"

#define REMOVAL_MS 2000 /* a path on a hanging file system must not keep others from running */
#define MEMORY_MS 60000 /* longer than a plan can take to be made */

struct held {
    struct held *next;
    char *path;
    bool dir, due;
    int64_t removed_ms; /* 0: it is there */
    uid_t uid;
    gid_t gid;
};

static struct held *all;
static pid_t remover;
static int64_t remover_until;

void placeholders_hold(const struct plan *plan, const bool *created) {
    for (int i = 0; i < plan->placeholder_count; i++) {
        if (!created[i]) continue;
        struct held *known = all;
        while (known && (strcmp(known->path, plan->placeholders[i].path) != 0 || known->uid != plan->uid)) known = known->next;
        if (known) {
            known->removed_ms = 0;
            known->dir = plan->placeholders[i].dir;
            continue;
        }
        struct held *h = calloc(1, sizeof *h);
        if (!h || !(h->path = strdup(plan->placeholders[i].path))) {
            free(h);
            continue; /* it stays behind; the service's ledger has it */
        }
        h->dir = plan->placeholders[i].dir;
        h->uid = plan->uid;
        h->gid = plan->gid;
        h->next = all; /* the youngest first: a nested placeholder is removed before the one that holds it */
        all = h;
    }
}

/* The service may have looked at the files while a placeholder of an earlier run was still there, and taken it for the user's
 * own: then the plan mounts it but does not ask for it. It is made again. */
void placeholders_revive(struct plan *plan) {
    for (const struct held *h = all; h; h = h->next) {
        bool needed = false, asked = false;
        for (int i = 0; i < plan->mount_count; i++) needed |= plan->mounts[i].src && path_within(plan->mounts[i].src, h->path);
        for (int i = 0; i < plan->placeholder_count; i++) {
            needed |= path_within(plan->placeholders[i].path, h->path);
            asked |= strcmp(plan->placeholders[i].path, h->path) == 0;
        }
        if (!needed || asked || h->uid != plan->uid || plan->placeholder_count == PLAN_MAX_PLACEHOLDERS) continue;
        char *path = plan->revived[plan->placeholder_count] = strdup(h->path);
        if (!path) continue;
        /* First, since others of the plan may lie inside; held ones come youngest first, so outer ones end up before inner ones. */
        memmove(plan->placeholders + 1, plan->placeholders, (size_t)plan->placeholder_count++ * sizeof *plan->placeholders);
        plan->placeholders[0] = (struct plan_placeholder){path, h->dir};
    }
}

static bool in_use(const char *path, bool by_live_runs) {
    for (const struct run *r = runs; r; r = r->next) {
        if (by_live_runs && r->reported) continue;
        for (int i = 0; i < r->plan->mount_count; i++)
            if (path_within(r->plan->mounts[i].dst, path)) return true;
        for (int i = 0; i < r->plan->placeholder_count; i++)
            if (path_within(r->plan->placeholders[i].path, path)) return true;
    }
    return false;
}

static void remove_due(void) {
    for (const struct held *h = all; h; h = h->next) {
        if (!h->due) continue;
        bool other = h->uid != 0;
        if (other && (setgroups(0, NULL) != 0 || setresgid(h->gid, h->gid, h->gid) != 0 || setresuid(h->uid, h->uid, 0) != 0)) continue;
        placeholder_remove(h->path, h->dir);
        if (other && setresuid(0, 0, 0) != 0) _exit(1); /* the next may be another user's */
    }
}

void placeholders_release(void) {
    if (remover) return; /* again when it is done */
    bool due = false;
    for (struct held *h = all; h; h = h->next) due |= h->due = !h->removed_ms && !in_use(h->path, false);
    if (!due) return;
    pid_t pid = fork();
    if (pid == 0) {
        close_range(3, ~0u, 0);
        remove_due();
        _exit(0);
    }
    if (pid < 0) return;
    remover = pid;
    remover_until = monotonic_ms() + REMOVAL_MS;
    int64_t now = monotonic_ms();
    for (struct held **at = &all; *at;) {
        struct held *h = *at;
        if (h->due) h->removed_ms = now;
        if (!h->removed_ms || now - h->removed_ms < MEMORY_MS) {
            at = &h->next;
            continue;
        }
        *at = h->next;
        free(h->path);
        free(h);
    }
}

bool placeholders_busy(void) {
    return remover != 0;
}

bool placeholders_going(void) {
    if (remover) return true;
    for (const struct held *h = all; h; h = h->next)
        if (!h->removed_ms && !in_use(h->path, true)) return true;
    return false;
}

void placeholders_reaped(pid_t pid) {
    if (!remover) return;
    if (pid == 0 && monotonic_ms() > remover_until) {
        kill(remover, SIGKILL);
        remover = 0; /* not waited for: it may hang in the file system */
        placeholders_release();
    } else if (pid == remover) {
        remover = 0;
        placeholders_release();
    }
}

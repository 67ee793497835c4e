/* One control group per run: limits, a way to kill everything in it at once, and accounts. Works with the unified
 * hierarchy (v2), with separate controllers (v1, with an empty v2 beside them or without), or not at all. */
#ifndef CORDON_CGROUP_H
#define CORDON_CGROUP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { LIMIT_PROCESSES = 1, LIMIT_MEMORY = 2, LIMIT_WALL_CLOCK = 4 };

struct cgroup {
    char name[48];
    bool made;
    int unified; /* descriptor of the group's folder in the v2 hierarchy, for CLONE_INTO_CGROUP; -1 without */
};

/* Finds the hierarchies, makes the parent groups, and removes groups that an earlier spawner left, killing what is in them. */
void cgroup_start(void);
const char *cgroup_kind(void); /* "v2", "v1" or "none" */
bool cgroup_limits_processes(void);
bool cgroup_limits_memory(void);

/* Names the group "run-<spawner pid>-<id>". False when a wanted limit cannot be set though its controller exists. */
bool cgroup_create(struct cgroup *g, uint64_t id, int64_t processes, int64_t memory_mib);
/* Joins the v1 controllers' groups; the unified one is joined by clone3. */
bool cgroup_join(const struct cgroup *g);
/* Kills every process of the group. False when there is no way to. */
bool cgroup_kill(const struct cgroup *g);
/* LIMIT_* bits of what was hit; fills the accounts where the kernel keeps them (-1: unknown). */
unsigned cgroup_account(const struct cgroup *g, int64_t *max_memory_kib, int64_t *cpu_micros);
/* Removes the group, waiting up to 200 ms for its last process to be gone. */
void cgroup_remove(struct cgroup *g);
/* As above for a run whose keeper died: kills first. */
void cgroup_discard(uint64_t id);

#endif

/* From a plan to bubblewrap's arguments. */
#ifndef CORDON_MOUNTS_H
#define CORDON_MOUNTS_H

#include "plan.h"

struct sandbox {
    const char *bwrap;     /* fixed at start-up, never from a plan */
    const char *mask_dir;  /* root-owned, mode 000, empty */
    const char *mask_file; /* likewise */
    bool bind_fd;          /* this bubblewrap takes sources as descriptors and checks what it mounted against them */
    bool disable_userns;
    const char *root; /* where root_settings_show builds; NULL: this system cannot have it */
};

/* Placeholders of the plan whose creation was refused to the caller (it may not write there, so neither may the sandbox):
 * their mounts are left out. */
struct placeholders {
    bool created[PLAN_MAX_PLACEHOLDERS];
    bool refused[PLAN_MAX_PLACEHOLDERS];
};

/* Runs as the caller: creates what does not exist, following no symbolic link. NULL or the problem. */
const char *placeholders_create(const struct plan *plan, struct placeholders *made);
/* Runs as the caller: removes one placeholder if it is still empty. */
void placeholder_remove(const char *path, bool dir);

/* Whether the run sees a / of its own with root's settings; where it cannot, their folders are empty. */
bool mounts_own_root(const struct plan *plan, const struct sandbox *sandbox);

/* Runs as the caller, so that a source which the caller cannot reach cannot be mounted: opens the sources (no symbolic
 * links) and writes the NUL-separated arguments to a descriptor for --args. `userns` is the namespace to use, or -1 for one that
 * bubblewrap makes. -1 on failure with *problem set. */
int mounts_write_args(const struct plan *plan, const struct sandbox *sandbox, const struct placeholders *made, int seccomp_fd, int userns,
                      const char **problem);

#endif

/* An identity inside a sandbox for which files of a stand-in's are root's: for programs that take their settings from root
 * only, while root itself is mapped nowhere. */
#ifndef CORDON_ROOT_OWNER_H
#define CORDON_ROOT_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

/* Owns files whose number is 0 inside, and nothing else: no account of the system, and no process ever. The number lies where
 * systemd's "Users, Groups, UIDs and GIDs" has nothing (1879048192 to 2147352575). */
#define ROOTS_STAND_IN 1900000000u

/* Tries it, as nobody: the number is not there within a container's own user namespace, and a system may forbid what it takes. */
bool root_owner_available(void);

/* Root, with the caller's groups set, becomes the caller within two new user namespaces' reach, and gives up every capability:
 *
 * - the outer one, which the process is in from here on, is made by root. No process of the caller's outside has a
 *   capability in it, so nobody can become the stand-in through it. It allows the one below and no more.
 * - the inner one is the caller's own, for bubblewrap, which is the only process to have capabilities in it, and only until
 *   the command starts. The caller and the stand-in are mapped in it, the stand-in's number being 0; of groups the caller's.
 *
 * Returns a descriptor of the inner one, which stays open over exec, or -1 and errno; the process is of no further use then. */
int root_owner_become(uid_t uid, gid_t gid);

#endif

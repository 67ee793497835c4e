/* Placeholders that runs created. One is removed when no run refers to its path any more: removing it earlier would
 * detach the mount over it in another run's namespace, and with that the protection. While a removal is under way
 * (in a process of its own, as the caller, since the path is the caller's) no new run starts. */
#ifndef CORDON_PLACEHOLDER_TABLE_H
#define CORDON_PLACEHOLDER_TABLE_H

#include "plan.h"

void placeholders_hold(const struct plan *plan, const bool *created);
void placeholders_revive(struct plan *plan);
void placeholders_release(void);
bool placeholders_busy(void);
/* True also while the end of the last run that needed one is still being cleaned up: a request is held back until then, so that
 * the service does not look at files which are about to go. */
bool placeholders_going(void);
/* To be called with every child that was reaped, and on each turn of the event loop with 0. */
void placeholders_reaped(pid_t pid);

#endif

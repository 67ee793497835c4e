/* What a hook answers inside a boundary of Cordon's. */
#ifndef CORDON_HOOK_INSIDE_H
#define CORDON_HOOK_INSIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* Writes the answer to what the vendor gave its hook: nothing when the call is left to the vendor's own flow.
 * `cordon` is the program as the vendor's settings call it. */
void hook_inside(struct buf *answer, const char *cordon, const char *agent, const char *event, const char *given, size_t size);

#endif

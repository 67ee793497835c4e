/* Settings that belong to root, for programs inside that take them from nobody else. */
#ifndef CORDON_ROOT_SETTINGS_H
#define CORDON_ROOT_SETTINGS_H

#include "plan.h"

/* Below it, inside, each folder is shown a second time: from there up, every folder is root's, too. */
#define ROOT_SETTINGS_TOP ".cordon"

/* As root, in a mount namespace that it makes for this process: builds at `place` (a folder of root's) what the run sees as /:
 * the folders of / as they are, and in place of the plan's folders of settings copies of them, of root_owner.h's stand-in, on a
 * file system that nothing can make writable again. Copied are the files of root's that everybody may read and nobody else
 * write; links and what lies deeper than one folder are left out. NULL or the problem. */
const char *root_settings_show(const struct plan *plan, const char *place);

#endif

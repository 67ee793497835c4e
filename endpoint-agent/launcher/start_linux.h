/* The end of the way of a command on Linux: a process becomes it. */
#ifndef CORDON_START_LINUX_H
#define CORDON_START_LINUX_H

/* Returns only if the command cannot start: 127 not found, 126 anything else, after having said so on standard error. */
int become(char **argv);

#endif

#ifndef CORDON_SEALED_STDIO_H
#define CORDON_SEALED_STDIO_H

/* A descriptor can be opened anew through /proc/self/fd with other rights, by way of the mount it came from, which knows
 * nothing of the sandbox. So a file that the caller opened for reading is opened again by way of a read-only copy of its
 * mount (at the same offset), and a folder, which would lead to everything beneath it, is refused. Replaces descriptors in
 * place. NULL or the problem. */
const char *stdio_seal(int stdio[3]);

#endif

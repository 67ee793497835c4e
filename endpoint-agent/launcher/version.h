/* One version for the program and for the resource that Windows shows. */
#ifndef CORDON_VERSION_H
#define CORDON_VERSION_H

#define VERSION "0.1.0"
#define VERSION_NUMBERS 0, 1, 0, 0

#endif

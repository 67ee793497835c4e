/* Windows texts are UTF-16 and may hold lone surrogates; inside cordon they are UTF-8 in which a lone surrogate keeps its
 * three-byte form (WTF-8), so that every argument and variable survives both ways. */
#ifndef CORDON_UTF16_H
#define CORDON_UTF16_H

#include <stddef.h>
#include <stdint.h>

/* The bytes of n UTF-16 units, NUL-terminated, to be freed; NULL when memory ran out. */
char *utf8_from_utf16(const uint16_t *text, size_t n);

/* The units of a text, NUL-terminated, to be freed; *n is their count without the NUL. NULL when memory ran out. */
uint16_t *utf16_from_utf8(const char *text, size_t *n);

/* A sequence that began and is not complete; all zero at the start. */
struct utf8_decoder {
    uint32_t code;
    int missing;
    unsigned char low, high;
};

/* Decodes bytes that arrive in pieces; what is no UTF-8 becomes U+FFFD. `out` has room for n + 1 units; returns their count. */
size_t utf8_decode(struct utf8_decoder *d, const char *bytes, size_t n, uint16_t *out);

#endif

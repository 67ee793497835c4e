#include "utf16.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

static size_t put_bytes(char *out, uint32_t c) {
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)(lead[n] | c);
    return n;
}

char *utf8_from_utf16(const uint16_t *text, size_t n) {
    char *out = malloc(n * 3 + 1), *at = out;
    if (!out) return NULL;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = text[i];
        bool pair = c >= 0xD800 && c <= 0xDBFF && i + 1 < n && text[i + 1] >= 0xDC00 && text[i + 1] <= 0xDFFF;
        if (pair) c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00U);
        at += put_bytes(at, c);
    }
    *at = 0;
    return out;
}

static size_t put_units(uint16_t *out, uint32_t c) {
    if (c < 0x10000) {
        out[0] = (uint16_t)c;
        return 1;
    }
    out[0] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
    out[1] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
    return 2;
}

/* The first byte of a sequence, or a byte alone. Returns how many units it gave at once. */
static size_t begin(struct utf8_decoder *d, unsigned char c, uint16_t *out) {
    d->low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80; /* overlong forms are no text */
    d->high = c == 0xF4 ? 0x8F : 0xBF;
    d->missing = c >= 0xC2 && c <= 0xDF ? 1 : (c & 0xF0) == 0xE0 ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 0;
    d->code = c & (0x3FU >> d->missing);
    if (d->missing) return 0;
    *out = c < 0x80 ? c : REPLACEMENT;
    return 1;
}

size_t utf8_decode(struct utf8_decoder *d, const char *bytes, size_t n, uint16_t *out) {
    uint16_t *at = out;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (d->missing && (c < d->low || c > d->high)) {
            *at++ = REPLACEMENT;
            d->missing = 0;
        }
        if (!d->missing) {
            at += begin(d, c, at);
            continue;
        }
        d->low = 0x80;
        d->high = 0xBF;
        d->code = d->code << 6 | (c & 0x3F);
        if (--d->missing == 0) at += put_units(at, d->code);
    }
    return (size_t)(at - out);
}

uint16_t *utf16_from_utf8(const char *text, size_t *n) {
    size_t length = strlen(text);
    uint16_t *out = malloc((length + 3) * sizeof *out);
    if (!out) return NULL;
    struct utf8_decoder d = {0};
    *n = utf8_decode(&d, text, length, out);
    if (d.missing) out[(*n)++] = REPLACEMENT;
    out[*n] = 0;
    return out;
}

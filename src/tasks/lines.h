/* tasks/lines.h: where a line ends and what is a space, for every text that comes in.
 *
 * A line ends as Unicode has it (The Unicode Standard, 5.8): LF, CR, CR LF as one, VT, FF, NEL (U+0085), LS
 * (U+2028), PS (U+2029). A space is a tab, U+FEFF or anything of the category Zs: what JavaScript's trim
 * takes off, so that the page counts the same lines. */
#ifndef UNROLL_TASKS_LINES_H
#define UNROLL_TASKS_LINES_H

#include "unroll/status.h"

/* Bytes of the line end, or of the space, that text begins with; 0 where it begins with none. */
size_t ur__line_end(const uint8_t *text, size_t size);
size_t ur__space(const uint8_t *text, size_t size);

typedef struct ur__lines {
  ur_bytes text;
  size_t at;
  int number;    /* of the line just read, from 1, blank ones counted */
  size_t start;  /* where it begins in the text */
  ur_bytes line; /* without the spaces around it, never empty */
} ur__lines;
/* The next line that is not blank; 0 after the last. Begin with {.text = text}. */
int ur__lines_next(ur__lines *lines);

/* What a text may have: the code point that it begins with, and its bytes, 0 where it is no UTF-8. */
typedef enum ur__character { UR__CHARACTER, UR__NOT_UTF8, UR__CONTROL } ur__character;
ur__character ur__character_at(const uint8_t *text, size_t size, uint32_t *code, int *bytes);
/* UR_E_TEXT, in words, for what is no UR__CHARACTER at this byte (from 1) of this line. */
ur_status ur__character_refused(ur__character what, uint32_t code, int line, size_t byte);

#endif

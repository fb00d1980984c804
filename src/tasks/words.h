/* tasks/words.h: text as words, digits and other signs, which is how corpora of pairs are told apart
 * (docs/files.md).
 *
 * A digit and any other ASCII sign stands alone; everything else up to the next of these or a space is a
 * word. An apostrophe belongs to its word. */
#ifndef UNROLL_TASKS_WORDS_H
#define UNROLL_TASKS_WORDS_H

#include "unroll/status.h"

/* The next word or sign of a text from *at on, which moves behind it; no bytes at the end. */
ur_bytes ur__words_next(ur_bytes text, size_t *at);
/* Does a space stand between these two, as people write: "July 8, 1900", "26. August", "1900-08-26"? What is
 * written so is read as the same words again. */
int ur__words_apart(ur_bytes before, ur_bytes after);
/* A text as people write it, appended: the same words, and no other spaces. */
void ur__words_write(ur_bytes text, ur_buffer *out);

#endif

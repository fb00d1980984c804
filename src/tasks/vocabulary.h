/* tasks/vocabulary.h: what a token is. Token 0 is <start>, 1 is <end>, then characters, or words and signs
 * (words.h), in ascending order of their bytes, which is that of their code points. */
#ifndef UNROLL_TASKS_VOCABULARY_H
#define UNROLL_TASKS_VOCABULARY_H

#include "corpus.h"

/* An empty one, of characters or of words as out->words says; or all of another. */
void ur__vocabulary_begin(ur__corpus *out, const ur__corpus *known);
int32_t ur__vocabulary_find(const ur__corpus *corpus, ur_bytes token); /* -1 where it is lacking */
/* Adds a token at its place, if it is new: the numbers of others change. 0 where it is too long or there is
 * no room. */
int ur__vocabulary_collect(ur__corpus *corpus, ur_bytes token);
/* UR_E_TEXT: why a token of this line could not be collected, or was not found. */
ur_status ur__vocabulary_refused(const ur__corpus *corpus, ur_bytes token, int collecting, int line);

/* Adds a token at the end. UR_E_TEXT: full, out of order, or not one token. */
ur_status ur__corpus_add_token(ur__corpus *corpus, const char *text);
/* The next token of a text from *at on, which moves behind it; no bytes at the end. UR_E_TEXT where it is no
 * UTF-8. */
ur_status ur__token_next(const ur__corpus *corpus, ur_bytes text, size_t *at, ur_bytes *out);
/* The tokens of a text without marks. UR_E_TEXT names those that are lacking, or says that it is longer than
 * `capacity`. */
ur_status ur__corpus_encode(const ur__corpus *corpus, const char *text, int32_t *tokens, int capacity,
                            int *count);
/* The other way round, appended, marks left out; every `stride`-th cell is a token. Words stand as people
 * write them. */
void ur__corpus_write(const ur__corpus *corpus, const int32_t *tokens, int count, int stride, ur_buffer *out);
int ur__vocabulary_same(const ur__corpus *a, const ur__corpus *b);

#endif

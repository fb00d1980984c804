/* tasks/corpus.h: text as sequences of tokens, one sequence a line.
 *
 * Token 0 is <start>, 1 is <end>, then the text's code points in ascending order. Blank lines and the spaces
 * around a line are dropped; lines.h says where a line ends and what is a space. */
#ifndef UNROLL_TASKS_CORPUS_H
#define UNROLL_TASKS_CORPUS_H

#include "unroll/status.h"

enum { UR__START, UR__END, UR__MARKS };

#define UR__VOCABULARY_MAX 512
#define UR__SEQUENCE_MAX   64 /* code points, marks not counted */
#define UR__CORPUS_MAX     (1 << 20)

typedef struct ur__corpus {
  int vocabulary_size;
  uint32_t codes[UR__VOCABULARY_MAX]; /* code point of a token, from UR__MARKS on */
  char texts[UR__VOCABULARY_MAX][8];  /* the same as UTF-8 */
  int32_t *tokens;                    /* all sequences, without marks */
  uint32_t *starts;                   /* [sequences + 1], into tokens */
  uint32_t sequences;
  int longest;   /* tokens, without marks */
  int pieces;    /* 1: of a text that goes on; a sequence does not end with <end> */
  uint64_t hash; /* of the text's bytes; 0 for no text */
} ur__corpus;

/* Reads a text. The vocabulary is the text's own, or that of `known` (then a character that it lacks is an
 * error). UR_E_TEXT says which line is wrong and what to do, UR_E_MEMORY. *out is empty after a failure. */
ur_status ur__corpus_read(ur_bytes text, const ur__corpus *known, ur__corpus *out);
/* The same of a text that is cut into pieces of UR__SEQUENCE_MAX code points, whatever its lines; a run of
 * spaces and line ends is one space. */
ur_status ur__corpus_read_pieces(ur_bytes text, const ur__corpus *known, ur__corpus *out);
void ur__corpus_free(ur__corpus *corpus);

/* Adds a token at the end of the vocabulary. UR_E_TEXT: full, out of order, or no single character. */
ur_status ur__corpus_add_token(ur__corpus *corpus, const char *text);
int32_t ur__corpus_token(const ur__corpus *corpus, uint32_t code); /* -1 where the vocabulary lacks it */
/* The tokens of a text without marks. UR_E_TEXT names the characters that are lacking, or says that it is
 * longer than `capacity`. */
ur_status ur__corpus_encode(const ur__corpus *corpus, const char *text, int32_t *tokens, int capacity,
                            int *count);

#endif

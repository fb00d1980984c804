/* tasks/corpus.h: text as sequences of tokens, one sequence a line, or a pair of them (pairs.h).
 *
 * Blank lines and the spaces around a line are dropped; lines.h says where a line ends and what is a space.
 * vocabulary.h says what a token is. */
#ifndef UNROLL_TASKS_CORPUS_H
#define UNROLL_TASKS_CORPUS_H

#include "unroll/status.h"

enum { UR__START, UR__END, UR__MARKS };

#define UR__VOCABULARY_MAX 512
#define UR__TOKEN_MAX      32 /* bytes of a token, its NUL counted */
#define UR__SEQUENCE_MAX   64 /* tokens, marks not counted */
#define UR__CORPUS_MAX     (1 << 20)

typedef struct ur__corpus {
  int vocabulary_size;
  int words;                                     /* 1: a token is a word or a sign; 0: a character */
  char texts[UR__VOCABULARY_MAX][UR__TOKEN_MAX]; /* by token, UTF-8 */
  int32_t *tokens;                               /* all sequences, without marks; of pairs the sources */
  uint32_t *starts;                              /* [sequences + 1], into tokens */
  int32_t *targets;                              /* of pairs: what is written for each source; else NULL */
  uint32_t *target_starts;                       /* [sequences + 1], into targets */
  int32_t *tunes; /* [sequences] of strains: which tune each is of; else NULL */
  uint32_t sequences;
  int longest;      /* tokens, without marks, on either side */
  int pieces;       /* 1: of a text that goes on; a sequence does not end with <end> */
  uint64_t hash;    /* of the text's bytes; 0 for no text */
  ur_buffer points; /* the text itself, where it is points or sentences of the reader's own (points.h,
                       sentences.h) */
  int asked;        /* of sentences: the word that is asked about, from 1 */
} ur__corpus;

/* Reads a text. The vocabulary is the text's own, or that of `known` (then a character that it lacks is an
 * error). UR_E_TEXT says which line is wrong and what to do, UR_E_MEMORY. *out is empty after a failure. */
ur_status ur__corpus_read(ur_bytes text, const ur__corpus *known, ur__corpus *out);
/* The same of a text that is cut into pieces of UR__SEQUENCE_MAX code points, whatever its lines; a run of
 * spaces and line ends is one space. */
ur_status ur__corpus_read_pieces(ur_bytes text, const ur__corpus *known, ur__corpus *out);
/* The same of tunes, a strain a line: a line that begins with T: says what those after it are strains of, and
 * is no sequence itself. What stands before the first is each of its own. */
ur_status ur__corpus_read_tunes(ur_bytes text, const ur__corpus *known, ur__corpus *out);
void ur__corpus_free(ur__corpus *corpus);

/* UR_E_TEXT where a text is too long to be read. */
ur_status ur__corpus_check_size(ur_bytes text);

#endif

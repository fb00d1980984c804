/* unroll/vectors.h: a word by the company it keeps: which words stand near one another in a text, counted,
 * and vectors from that in two ways, from the counts by singular values and by guessing neighbours. In
 * double.
 *
 * A text is a sentence a line; words are told apart at spaces, digits and signs stand alone. Errors besides
 * those that are named: UR_E_ARGUMENT for an option out of its range, UR_E_MEMORY. */
#ifndef UNROLL_VECTORS_H
#define UNROLL_VECTORS_H

#include "unroll/status.h"

#define UR_COMPANY_WORDS_MAX 400

/* Sentences made by rules, of which fruit, makers of telephones, two royals and two relatives are each found
 * among words of their own; "apple" is one of the fruit and one of the makers. Appended to out, a line each,
 * from the stream "data" of the seed. */
ur_status ur_made_sentences(uint64_t seed, int count, ur_buffer *out);
/* The groups of those words, from 0, by name; NULL after the last. "apple" belongs to two, the words between
 * to none. */
const char *ur_made_group(int group);
int ur_made_belongs(const char *word, int group);

/* Who stands near whom. */
typedef struct ur_company {
  int words, count, lines;
  const char **word; /* [words] the most frequent first; of equals the one that comes first */
  double *times;     /* [words] how often it stands in the text */
  double *pairs;     /* [words, words] how often the second stands at most `window` places before or after the
                        first, in one line; symmetric */
  int32_t *token;    /* [count] words of the text by number */
  int32_t *start;    /* [lines + 1] where a line begins among them */
  int window;
} ur_company;
/* window 1 to 10. UR_E_TEXT for a text in which no two words stand in a line, for more than
 * UR_COMPANY_WORDS_MAX different words, and for what is no UTF-8. To be freed; empty after a failure. */
ur_status ur_company_of(ur_bytes text, int window, ur_company *out);
void ur_company_free(ur_company *company);

/* max(0, ln p(w,c) / (p(w) p(c))), from pairs: how much more often than by chance (positive pointwise mutual
 * information; Church and Hanks 1990, Levy and Goldberg 2014). ppmi [words, words]; 0 for pairs never seen.
 */
ur_status ur_company_ppmi(const ur_company *company, double *ppmi);
/* The first `size` left singular vectors of that, each times the root of its singular value (Levy, Goldberg
 * and Dagan 2015, p = 0.5): vectors [words, size]; size 1 to words. */
ur_status ur_company_vectors(const ur_company *company, int size, double *vectors);

/* Skip-gram with negative sampling (Mikolov and others 2013): for a word w, one c of its neighbours and K
 * words n drawn in proportion to times^(3/4): - ln s(u_w v_c) - sum_n ln s(- u_w v_n), less by the gradient,
 * pair after pair. u starts uniform within +-1/(2 size) (the stream "init"), v at 0; a word that is drawn and
 * is c stays out of the sum. */
typedef struct ur_skipgram_options {
  int size;      /* of a vector, 1 to 64 */
  int negatives; /* K, 1 to 20 */
  int epochs;  /* how often every pair is taken, each in an order of its own; the rate falls to 0 over all */
  double rate; /* at first, above 0, at most 1 */
  uint64_t seed;
} ur_skipgram_options;
typedef struct ur_skipgram ur_skipgram;
/* The company stays the caller's, and is to live as long. */
ur_status ur_skipgram_create(const ur_company *company, const ur_skipgram_options *options,
                             ur_skipgram **out);
void ur_skipgram_free(ur_skipgram *skipgram);
/* Pairs in an epoch. */
size_t ur_skipgram_pairs(const ur_skipgram *skipgram);
/* What is left of this epoch, all of it at first, and the mean loss of its pairs in nats, each before its own
 * update. UR_E_STATE after the last. */
ur_status ur_skipgram_epoch(ur_skipgram *skipgram, double *loss);
const double *ur_skipgram_vectors(const ur_skipgram *skipgram); /* u [words, size], the skipgram's own */

#define UR_SKIPGRAM_SIZE_MAX  64
#define UR_SKIPGRAM_TERMS_MAX 21
/* One pair, as it is learned from: its neighbour first, then the words that were drawn. */
typedef struct ur_skipgram_term {
  int word, out;              /* out: drawn, but it is the neighbour, so it stays out of the sum */
  double score, sigma, error; /* u_w v, s(u_w v), and that less 1 for the neighbour: dJ/d score */
  double loss;                /* in nats */
  double v[UR_SKIPGRAM_SIZE_MAX], slope[UR_SKIPGRAM_SIZE_MAX], after[UR_SKIPGRAM_SIZE_MAX]; /* dJ/dv */
} ur_skipgram_term;
typedef struct ur_skipgram_pair {
  int epoch, word, line, at, near; /* the places of word and neighbour in their line, from 0 */
  double rate;
  int terms;                                                                                /* 1 + K */
  double u[UR_SKIPGRAM_SIZE_MAX], slope[UR_SKIPGRAM_SIZE_MAX], after[UR_SKIPGRAM_SIZE_MAX]; /* dJ/du_w */
  ur_skipgram_term term[UR_SKIPGRAM_TERMS_MAX];
} ur_skipgram_pair;
/* The next pair, and what it did; the next epoch begins with the pair after the last of one. UR_E_STATE after
 * the last epoch. */
ur_status ur_skipgram_step(ur_skipgram *skipgram, ur_skipgram_pair *out);

/* The least mean loss a pair that any vectors can have: for w and c, seen n times together among the N pairs
 * of w, and drawn beside the other N - n K p(c) times each, s(u_w v_c) is best at n / (n + (N - n) K p(c)).
 */
double ur_company_least_loss(const ur_company *company, int negatives);

/* cosine [words, words] of vectors [words, size]; NaN where one has no length. */
void ur_vectors_cosine(const double *vectors, int words, int size, double *cosine);
/* Their places on the map: less the mean, along the `axes` directions in which they spread most (principal
 * components), each with the sign that ur_svd gives. map [words, axes]; axes 1 to min(words, size). What the
 * map is by, its mean [size] and then its directions [axes, size], goes into `by`, where that is not NULL. */
ur_status ur_vectors_map(const double *vectors, int words, int size, int axes, double *map, double *by);
/* Places of other vectors on that map. */
void ur_vectors_place(const double *vectors, int words, int size, int axes, const double *by, double *map);
/* "a is to b as c is to ...": the cosine of every word with u_b - u_a + u_c, each u of length 1; NaN for a,
 * b, c themselves and where a vector has no length. cosine [words] */
void ur_vectors_analogy(const double *vectors, int words, int size, const int abc[3], double *cosine);

#endif

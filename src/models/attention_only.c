/* Self-attention by hand (Vaswani et al. 2017, one head and nothing around it):  x_i = E w_i;  q_i = Q x_i,
 * k_j = K x_j, v_j = V x_j;  e_ij = q_i . k_j, by sqrt(d) where it is scaled;  a_i = softmax(e_i);  o_i =
 * sum_j a_ij v_j;  J = one number of one o. Of `keys` other, j counts the words of another sentence:
 * cross-attention.
 *
 * All numbers are thrown with a die: -1, 0 or 1, so that a class can work through a cell. The same word has
 * the same vector whatever else is read. Any of them may be another number: a setting each.
 *
 * With `alpha` held, a is what the numbers give as they were thrown: leaves E_0, Q_0, K_0, through which no
 * gradient goes; o is then linear in v. */
#include <stdio.h>
#include <string.h>

#include "hash.h"
#include "models.h"

enum { D = UR__SENTENCE_WIDTH, WORDS = 12, MATRICES = 3 };
enum { SCALE, KEYS, ALPHA, NUMBER, CHANGED, SETTINGS = CHANGED + MATRICES * D * D + WORDS * D };
enum { ON, OFF };
enum { SAME, OTHER };
enum { FREE, HELD };
enum { LAST_WORD = UR__FIRST_WORD + WORDS }; /* of those whose numbers may be changed */
enum { THROWN = 100 };                       /* of a number: as it was thrown */

#define CELL(matrix, letter, i, j)                                                                           \
  {                                                                                                          \
    .key = #matrix "_" #i "_" #j, .type = UR_SETTING_REAL, .def = THROWN, .min = -99, .max = THROWN,         \
    .later = 1, .help = letter " in row " #i ", column " #j "; 100: as it was thrown"                        \
  }
#define ROW(matrix, letter, i)                                                                               \
  CELL(matrix, letter, i, 1), CELL(matrix, letter, i, 2), CELL(matrix, letter, i, 3),                        \
      CELL(matrix, letter, i, 4)
#define MATRIX(matrix, letter)                                                                               \
  ROW(matrix, letter, 1), ROW(matrix, letter, 2), ROW(matrix, letter, 3), ROW(matrix, letter, 4)
#define WORD(i) ROW(word, "x of the words in their alphabet", i)

static const ur_setting settings[SETTINGS] = {
    [SCALE] = {.key = "scale",
               .type = UR_SETTING_CHOICE,
               .choices = "on|off",
               .max = OFF,
               .help = "scores by the root of d"},
    [KEYS] = {.key = "keys",
              .type = UR_SETTING_CHOICE,
              .choices = "same|other",
              .max = OTHER,
              .help = "whose keys and values: the same words, or those behind a bar"},
    [ALPHA] = {.key = "alpha",
               .type = UR_SETTING_CHOICE,
               .choices = "free|held",
               .max = HELD,
               .help = "held: the weights stay what the numbers gave as they were thrown"},
    [NUMBER] = {.key = "asked_number",
                .def = 2,
                .min = 1,
                .max = D,
                .help = "which number of the answer J is, from 1"},
    MATRIX(query, "Q"),
    MATRIX(key, "K"),
    MATRIX(value, "V"),
    WORD(1),
    WORD(2),
    WORD(3),
    WORD(4),
    WORD(5),
    WORD(6),
    WORD(7),
    WORD(8),
    WORD(9),
    WORD(10),
    WORD(11),
    WORD(12),
};

static const ur__take takes[] = {
    {.name = "x", .axes = "TB"}, {.name = "keys", .axes = "SB"}, {.name = "y", .axes = "B"}, {.name = NULL}};

/* By their numbers. */
enum { E, Q, K, V, E_0, Q_0, K_0 };
static const char *const names[] = {
    [E] = "E", [Q] = "Q", [K] = "K", [V] = "V", [E_0] = "E_0", [Q_0] = "Q_0", [K_0] = "K_0"};

static void declare(const double *values, const ur__io *io, ur_params *params) {
  const int last = values[ALPHA] == HELD ? K_0 : V;
  for (int p = E; p <= last; p++) {
    const int words = p == E || p == E_0;
    ur_params_add(params, names[p], words ? "VD" : "DD", (int[]){words ? io->vocabulary : D, D}, UR_INIT_ZERO,
                  0);
  }
}

/* ---- the die ---- */
static void throw_row(ur_rng *stream, float *row, size_t n) {
  for (size_t i = 0; i < n; i++) row[i] = (float)((int)ur_rng_below(stream, 6) / 2 - 1);
}

static void throw_words(uint64_t seed, const char *const *words, int count, float *E_data) {
  for (int w = 0; w < count; w++) {
    ur_rng stream = ur_rng_stream(seed, "word", ur__fnv1a(UR__FNV_START, words[w], strlen(words[w])));
    throw_row(&stream, E_data + w * D, D);
  }
}

static void change(const double *cells, int count, float *data) {
  for (int i = 0; i < count; i++)
    if (cells[i] != THROWN) data[i] = (float)cells[i];
}

static void start(const double *values, uint64_t seed, const char *const *words, int count,
                  ur_params *params) {
  float *data = ur_params_data(params);
  for (int p = 0; p < ur_params_count(params); p++) {
    const ur_param_view view = ur_params_view(params, p);
    float *cells = data + view.offset;
    ur_rng stream = ur_rng_stream(seed, "weights", (uint64_t)(p > V ? p - E_0 : p));
    if (p == E || p == E_0)
      throw_words(seed, words, count, cells);
    else
      throw_row(&stream, cells, view.size);
    if (p == E)
      change(values + CHANGED + MATRICES * D * D, (count < LAST_WORD ? count - UR__FIRST_WORD : WORDS) * D,
             cells + UR__FIRST_WORD * D);
    else if (p <= V)
      change(values + CHANGED + (p - Q) * D * D, D * D, cells);
  }
}

/* ---- the graph ---- */
/* The matrix p, or, as it was thrown, a leaf without gradient. */
static int matrix(ur_tape *tape, int held, int p, int rows) {
  return held ? ur_input(tape, names[p + E_0], p == E ? "VD" : "DD", (int[]){rows, D}) : ur_param(tape, p);
}

typedef struct reading {
  int x, keys, lengths; /* tokens, and how many of the keys there are */
} reading;

typedef struct looked {
  int q, k, v;
} looked;

/* In the order in which they are read: queries, keys, values. */
static looked project(const double *values, const reading *r, int x, int x_keys, ur_tape *tape) {
  const int held = values[ALPHA] == HELD, v_keys = x_keys;
  if (held) {
    const int E_table = matrix(tape, 1, E, ur_tape_node(tape, ur_param(tape, E)).shape[0]);
    x = x_keys = ur_embedding(tape, "x_0", E_table, r->x);
    if (values[KEYS] == OTHER) x_keys = ur_embedding(tape, "y_0", E_table, r->keys);
  }
  looked out;
  out.q = ur_matmul(tape, "q", x, matrix(tape, held, Q, D));
  out.k = ur_matmul(tape, "k", x_keys, matrix(tape, held, K, D));
  out.v = ur_matmul(tape, "v", v_keys, ur_param(tape, V));
  return out;
}

static int answers(const double *values, const reading *r, const looked *l, ur_tape *tape) {
  int e = ur_scores(tape, "e", l->q, l->k);
  if (values[SCALE] == ON) e = ur_scale(tape, "s", e, D);
  return ur_weighted_sum(tape, "o", ur_masked_softmax(tape, "a", e, r->lengths), l->v);
}

static int answers_fused(const double *values, const reading *r, const looked *l, ur_tape *tape) {
  const int o = ur_attention(tape, "o", values[SCALE] == ON ? UR_SCORE_SCALED : UR_SCORE_DOT, l->q, l->k,
                             l->v, r->lengths, UR_NODE_NONE);
  ur_kept(tape, "a", o, UR_KEPT_WEIGHTS);
  return o;
}

static void build(const double *values, const ur__io *io, ur__lowering lowering, const ur_tape_options *size,
                  ur_tape *tape) {
  (void)io;
  const int other = values[KEYS] == OTHER, whole = lowering == UR__FUSED || lowering == UR__NEXT;
  const reading r = {
      .x = ur_input_index(tape, "x", "TB", (int[]){size->length, size->batch}),
      .keys = other ? ur_input_index(tape, "keys", "SB", (int[]){size->source, size->batch}) : UR_NODE_NONE,
      .lengths = ur_input_index(tape, other ? "source_lengths" : "lengths", "B", &size->batch)};
  ur_scope_push(tape, "head");
  const int x = ur_embedding(tape, "x", ur_param(tape, E), r.x);
  const int x_keys = other ? ur_embedding(tape, "y", ur_param(tape, E), r.keys) : x;
  const looked l = project(values, &r, x, x_keys, tape);
  const int o = whole ? answers_fused(values, &r, &l, tape) : answers(values, &r, &l, tape);
  ur_scope_pop(tape);
  if (lowering == UR__NEXT) return;
  const int asked = ur_input_index(tape, "y", "B", &size->batch), count = ur_input(tape, "count", "", NULL);
  const int row = ur_last(tape, "o_i", o, asked);
  const int one = ur_slice(tape, "J_t", row, (int)values[NUMBER] - 1, 1, 'C');
  ur_mean_loss(tape, "J", &one, 1, count);
}

const ur__model ur__attention_only = {.name = "attention_only",
                                      .help =
                                          "queries, keys and values of a sentence, small enough for pencil "
                                          "and paper",
                                      .settings = settings,
                                      .setting_count = SETTINGS,
                                      .takes = takes,
                                      .declare = declare,
                                      .start = start,
                                      .build = build};

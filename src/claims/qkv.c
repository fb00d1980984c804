/* qkv: what self-attention does not know, and what is linear in it, true by construction and measured all the
 * same. Of twelve words, thrown by the seed: their order turned about; every number of theirs doubled, with
 * the weights held as they were and with the weights free. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "claims.h"

enum { WORDS = 12, D = UR__SENTENCE_WIDTH, CELLS = WORDS * D };

/* In the order of their alphabet, so that word i is i + 1 among the settings. */
static const char sentence[] = "a b c d e f g h i j k l";

static ur_status open_net(uint64_t seed, const char *alpha, const float *x, ur_trainer **out) {
  ur_settings settings;
  char key[32], value[32];
  ur_status status = ur_settings_init(&settings, "attention_only", "sentence");
  snprintf(value, sizeof value, "%llu", (unsigned long long)seed);
  if (status == UR_OK) status = ur_settings_set(&settings, "seed", value);
  if (status == UR_OK) status = ur_settings_set(&settings, "alpha", alpha);
  for (int i = 0; x != NULL && i < CELLS && status == UR_OK; i++) {
    snprintf(key, sizeof key, "word_%d_%d", i / D + 1, i % D + 1);
    snprintf(value, sizeof value, "%.9g", (double)x[i]);
    status = ur_settings_set(&settings, key, value);
  }
  const ur_bytes text = {(const uint8_t *)sentence, sizeof sentence - 1};
  return status == UR_OK ? ur_trainer_create(&settings, text, out) : status;
}

/* x and o [WORDS,D] of a text of these words. */
static ur_status answers(uint64_t seed, const char *alpha, const float *x, const char *text, float *x_out,
                         float *o) {
  ur_trainer *trainer = NULL;
  ur_walk *walk = NULL;
  ur_status status = open_net(seed, alpha, x, &trainer);
  if (status == UR_OK) status = ur_walk_create(trainer, text, &walk);
  if (status == UR_OK) status = ur_walk_to(walk, ur_tape_walk_length(ur_walk_tape(walk)) / 2);
  if (status == UR_OK) {
    ur_tape *tape = ur_walk_tape(walk);
    memcpy(x_out, ur_tape_value(tape, ur_tape_find(tape, "head.x")), CELLS * sizeof *x_out);
    memcpy(o, ur_tape_value(tape, ur_tape_find(tape, "head.o")), CELLS * sizeof *o);
  }
  ur_walk_free(walk);
  ur_trainer_free(trainer);
  return status;
}

/* The largest change of any number of an answer once the words are shuffled by the seed. */
static ur_status shuffled(uint64_t seed, ur_claim_row *out) {
  float x[CELLS], o[CELLS], y[CELLS], p[CELLS];
  char text[2 * WORDS] = "";
  int order[WORDS];
  ur_rng stream = ur_rng_stream(seed, "shuffle", 0);
  for (int i = 0; i < WORDS; i++) order[i] = i;
  for (int i = WORDS - 1; i > 0; i--) {
    const int j = (int)ur_rng_below(&stream, (uint32_t)i + 1), kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  for (int i = 0; i < WORDS; i++) {
    text[2 * i] = (char)('a' + order[i]);
    text[2 * i + 1] = i + 1 < WORDS ? ' ' : '\0';
  }
  ur_status status = answers(seed, "free", NULL, sentence, x, o);
  if (status == UR_OK) status = answers(seed, "free", NULL, text, y, p);
  out->measured = 0;
  for (int i = 0; i < CELLS && status == UR_OK; i++)
    out->measured = fmax(out->measured, fabs((double)p[i] - o[order[i / D] * D + i % D]));
  return status;
}

/* How far any number of an answer is from twice what it was, once every number of every word is doubled. */
static ur_status doubled(uint64_t seed, const char *alpha, ur_claim_row *out) {
  float x[CELLS], o[CELLS], y[CELLS], p[CELLS], twice[CELLS];
  ur_status status = answers(seed, "free", NULL, sentence, x, o);
  for (int i = 0; i < CELLS && status == UR_OK; i++) twice[i] = 2 * x[i];
  if (status == UR_OK) status = answers(seed, alpha, twice, sentence, y, p);
  out->measured = 0;
  for (int i = 0; i < CELLS && status == UR_OK; i++)
    out->measured = fmax(out->measured, fabs((double)p[i] - 2 * (double)o[i]));
  return status;
}
static ur_status held(uint64_t seed, ur_claim_row *out) { return doubled(seed, "held", out); }
static ur_status let_go(uint64_t seed, ur_claim_row *out) { return doubled(seed, "free", out); }

enum { SHUFFLED, HELD, FREE, ROWS };
static const ur__contestant rows[ROWS] = {
    [SHUFFLED] = {.name = "twelve words shuffled: the most that a number of an answer changes",
                  .count = shuffled},
    [HELD] = {.name = "all words doubled, weights held: the most that an answer is off twice", .count = held},
    [FREE] = {.name = "all words doubled, weights free: the same", .count = let_go},
};

static int holds(const ur_claim_row *measured) {
  return measured[SHUFFLED].measured < 1e-5 && measured[HELD].measured < 1e-5 &&
         measured[FREE].measured > 0.1;
}

#define ASKED                                                                                                \
  "shuffled: no number of an answer changes by more than 0.00001; every number of every word doubled: with " \
  "the weights held no answer is off twice what it was by more than 0.00001, with the weights free at "      \
  "least "                                                                                                   \
  "one by more than 0.1"

const ur__claim ur__claim_qkv = {
    "qkv",
    "Shuffle the words, and each answer goes along with its word. Hold the weights, and twice the words' "
    "numbers "
    "are twice the answers; let them go, and they are not.",
    {rows, ROWS, ASKED, holds},
    {rows, ROWS, ASKED, holds},
};

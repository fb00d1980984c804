/* Keys and values that are kept: those of the walk, and the same bits as anew; what an early letter changes.
 */
#include "unroll/cached.h"

#include "alloc.h"
#include "run.h"
#include "unroll/graph.h"

static const char *const forms[][7] = {
    {"num_heads", "2", "context_size", "9", NULL},
    {"num_heads", "1", "context_size", "9", "positions", "none", NULL},
    {"num_heads", "3", "context_size", "9", "norm", "post", NULL},
    {"num_heads", "2", "context_size", "9", "positions", "sinusoidal", NULL}};
enum { FORMS = sizeof forms / sizeof *forms, T = 5, D = 6 };

static const float *node(ur_tape *tape, int block, const char *name) {
  char path[32];
  snprintf(path, sizeof path, "blocks.%d.%s", block + 1, name);
  return ur_tape_value(tape, ur_tape_find(tape, path));
}

/* To the bit what the walk over the whole text has. */
static void test_walk(void) {
  for (int f = 0; f < FORMS; f++) {
    ur_trainer *trainer = run_new("gpt", forms[f]);
    ur_cached cached;
    ur_walk *walk = NULL;
    run_steps(trainer, 3);
    CHECK(ur_cached_read(trainer, "face", &cached) == UR_OK);
    CHECK(cached.steps == T && cached.blocks == 2 && cached.width == D && cached.tokens[0] == 0);
    CHECK(ur_walk_create(trainer, "face", &walk) == UR_OK);
    ur_tape *tape = ur_walk_tape(walk);
    CHECK(ur_tape_forward(tape) == UR_OK);
    for (int l = 0; l < 2; l++) {
      CHECK(memcmp(cached.keys + l * T * D, node(tape, l, "k"), T * D * sizeof(float)) == 0);
      CHECK(memcmp(cached.values + l * T * D, node(tape, l, "v"), T * D * sizeof(float)) == 0);
    }
    const float *next = ur_tape_value(tape, ur_tape_find(tape, "y_hat"));
    const size_t cells = (size_t)(T * cached.size) * sizeof(float);
    CHECK(memcmp(cached.kept, next, cells) == 0 && memcmp(cached.anew, next, cells) == 0);
    for (int t = 0; t < T; t++) {
      CHECK(cached.apart[t] == 0);
      CHECK(t > 0 ? cached.work_kept[t] < cached.work_anew[t] : cached.work_kept[t] == cached.work_anew[t]);
      /* one letter more to look at: of each block a product of the width for the score and one for the sum */
      CHECK(t == 0 || cached.work_kept[t] - cached.work_kept[t - 1] == 2 * 2 * D);
    }
    ur_walk_free(walk);
    ur_cached_free(&cached);
    ur_trainer_free(trainer);
  }
}

/* Another letter in the second place: nothing before it changes. In the first block it is that column alone,
 * in the second all from there on. */
static void test_early(void) {
  ur_trainer *trainer = run_new("gpt", forms[0]);
  ur_cached one, other;
  run_steps(trainer, 3);
  CHECK(ur_cached_read(trainer, "face", &one) == UR_OK && ur_cached_read(trainer, "fbce", &other) == UR_OK);
  for (int l = 0; l < 2; l++)
    for (int t = 0; t < T; t++) {
      const size_t at = (size_t)((l * T + t) * D), bytes = D * sizeof(float);
      const int falls = l == 0 ? t == 2 : t >= 2;
      CHECK((memcmp(one.keys + at, other.keys + at, bytes) != 0) == falls);
      CHECK((memcmp(one.values + at, other.values + at, bytes) != 0) == falls);
    }
  ur_cached_free(&one);
  ur_cached_free(&other);
  ur_trainer_free(trainer);
}

/* Were the two ways apart, it would be told: numbers that were kept are not those of weights that came later.
 */
static void test_told(void) {
  ur_trainer *trainer = run_new("gpt", forms[0]);
  ur_cached before, after;
  CHECK(ur_cached_read(trainer, "face", &before) == UR_OK);
  ur_trainer_keep(trainer, 0); /* as it was told, so it stays */
  run_steps(trainer, 1);
  CHECK(ur_cached_read(trainer, "face", &after) == UR_OK && after.apart[T - 1] == 0);
  CHECK(memcmp(before.keys, after.keys, T * D * sizeof(float)) != 0);
  for (int keep = 0; keep < 2; keep++) CHECK(ur_cached_run(trainer, "face", keep, 2) == UR_OK);
  ur_cached_free(&before);
  ur_cached_free(&after);
  ur_trainer_free(trainer);
}

static void test_refused(void) {
  static const char *const unmasked[] = {"mask", "off", "num_heads", "2", "context_size", "9", NULL};
  ur_trainer *trainer = run_new("gpt", forms[0]), *open = run_new("gpt", unmasked),
             *rnn = run_new("rnn_lm", NULL);
  ur_cached cached;
  CHECK(ur_cached_read(trainer, "xyz", &cached) == UR_E_TEXT && cached.memory == NULL);
  CHECK(ur_cached_read(trainer, "abacabaca", &cached) == UR_E_TEXT); /* ten tokens, and it sees nine */
  CHECK(ur_cached_read(trainer, "abacabac", &cached) == UR_OK && cached.steps == 9);
  ur_cached_free(&cached);
  CHECK(ur_cached_read(open, "face", &cached) == UR_E_STATE &&
        ur_cached_run(open, "face", 1, 1) == UR_E_STATE);
  CHECK(ur_cached_read(rnn, "face", &cached) == UR_E_STATE && ur_cached_run(rnn, "face", 1, 1) == UR_E_STATE);
  ur_status status = UR_E_MEMORY;
  for (int allocation = 0; status == UR_E_MEMORY; allocation++) {
    ur__alloc_fail_after(allocation);
    status = ur_cached_read(trainer, "a", &cached);
    ur__alloc_fail_after(-1);
    CHECK(status == UR_OK || (status == UR_E_MEMORY && cached.memory == NULL));
  }
  CHECK(status == UR_OK);
  ur_cached_free(&cached);
  ur_trainer_free(trainer);
  ur_trainer_free(open);
  ur_trainer_free(rnn);
}

int main(void) {
  TEST("walk") { test_walk(); }
  TEST("an early letter") { test_early(); }
  TEST("told") { test_told(); }
  TEST("refused") { test_refused(); }
  return check_done();
}

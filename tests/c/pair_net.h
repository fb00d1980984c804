/* tests/c/pair_net.h: a net of source and target, on pairs made up for it or as a run on them, for the tests
 * of those that encode and decode. */
#ifndef UNROLL_TESTS_PAIR_NET_H
#define UNROLL_TESTS_PAIR_NET_H

#include <math.h>
#include <string.h>

#include "check.h"
#include "decode.h"
#include "looks.h"
#include "kernels.h"
#include "net_params.h"
#include "trained.h"
#include "trainer.h"

enum { V = 7, S = 5, B = 3, T = 4 }; /* tokens, the longest source, how many, the longest target */

static inline ur_params *params_of(const ur_settings *settings) {
  return net_params(settings, &(ur__io){.vocabulary = V});
}

/* count sources of these lengths, each with a target of its own, padded to `source` and `length` steps. */
static inline ur__batch made(const int *sources, const int *targets, int count, int source, int length) {
  ur__batch batch;
  CHECK(ur__batch_room(ur__task_find("reverse")->arrays, count, length, source, &batch) == UR_OK);
  int32_t *w = ur__batch_tokens(&batch, "source"), *x = ur__batch_tokens(&batch, "x"),
          *y = ur__batch_tokens(&batch, "y");
  for (int b = 0; b < count; b++) {
    ur_rng stream = ur_rng_stream(7, "pair", (uint64_t)(sources[b] * 100 + targets[b]));
    int32_t before = UR__START;
    for (int s = 0; s < source; s++)
      w[s * count + b] = s < sources[b] ? (int32_t)ur_rng_below(&stream, 5) + 2 : UR__END;
    for (int t = 0; t < length; t++) {
      const int32_t next = t + 1 < targets[b]    ? (int32_t)ur_rng_below(&stream, 5) + 2
                           : t + 1 == targets[b] ? UR__END
                                                 : -1;
      x[t * count + b] = before;
      y[t * count + b] = next;
      before = next < 0 ? UR__END : next;
    }
  }
  ur__batch_derive(&batch);
  return batch;
}

/* Over these, forward; the caller frees it. */
static inline ur_tape *tape_of(const ur_settings *settings, ur_params *params, ur__lowering lowering,
                               const ur__batch *batch) {
  const ur_tape_options options = {.dtype = UR_F32,
                                   .batch = batch->count,
                                   .length = batch->length,
                                   .source = batch->source,
                                   .gradients = 1,
                                   .edges = lowering == UR__UNROLLED};
  ur_tape *tape = NULL;
  if (!CHECK(ur__net_tape(settings, params, lowering, &options, &tape) == UR_OK))
    printf("       %s\n", ur_last_error()->message);
  CHECK(ur__net_feed(tape, batch) == UR_OK && ur_tape_forward(tape) == UR_OK);
  return tape;
}

static inline float *value(ur_tape *tape, const char *path) {
  const int id = ur_tape_find(tape, path);
  if (!CHECK(id != UR_NODE_NONE)) printf("       there is no %s\n", path);
  return ur_tape_value(tape, id);
}

static inline const float *grad(ur_tape *tape, const char *path) {
  return ur_tape_grad(tape, ur_tape_find(tape, path));
}

static inline double distance(const float *a, const float *b, size_t n) {
  double sum = 0;
  for (size_t k = 0; k < n; k++) sum += ((double)a[k] - (b ? b[k] : 0)) * ((double)a[k] - (b ? b[k] : 0));
  return sqrt(sum);
}

/* Another token at step 2 of every target changes nothing that is said before it, and what is said there. */
static inline void check_later(ur_tape *tape, ur__batch *batch) {
  float before[T * B * V];
  memcpy(before, value(tape, "logits"), sizeof before);
  for (int b = 0; b < B; b++) {
    int32_t *x = ur__batch_tokens(batch, "x") + 2 * B + b;
    *x = *x == 2 ? 3 : 2;
  }
  CHECK(ur__net_feed(tape, batch) == UR_OK && ur_tape_forward(tape) == UR_OK);
  const float *after = value(tape, "logits");
  CHECK(memcmp(before, after, 2 * B * V * sizeof *before) == 0);
  for (int b = 0; b < B; b++)
    CHECK(memcmp(before + (2 * B + b) * V, after + (2 * B + b) * V, V * sizeof *before) != 0);
}

/* ---- a run ---- */
/* The logarithm of what it says to these tokens when it is led along them. */
static inline double total_of(ur_trainer *trainer, const ur__batch *batch, const int32_t *tokens, int n) {
  const int size = trainer->corpus.vocabulary_size;
  double sum = 0;
  int32_t before = UR__START;
  CHECK(ur__net_encode(&trainer->net, batch) == UR_OK);
  for (int t = 0; t < n; t++) {
    CHECK(ur__net_decode(&trainer->net, &before, 1) == UR_OK);
    float p = ur__net_probabilities(&trainer->net)[tokens[t]];
    CHECK(tokens[t] < size);
    ur__f32_log(&p, &p, 1);
    sum += (double)p;
    ur_tape_carry_on(trainer->net.next);
    before = tokens[t];
  }
  return sum;
}

/* Where a node of the tree says that it was looked is where the decoder looked that was led to it just now.
 */
static inline void check_look(const ur_trainer *trainer, const ur_beam *beam, int node, double apart) {
  const int cells = beam->blocks * beam->heads * beam->source;
  float alone[256];
  if (!CHECK(cells > 0 && cells <= 256) || !CHECK(beam->nodes[node].look < beam->look_count)) return;
  const float *look = beam->looks + beam->nodes[node].look * cells;
  ur__net_look(&trainer->net, 0, alone);
  for (int row = 0; row < cells; row += beam->source) {
    double sum = 0;
    for (int s = 0; s < beam->source; s++) sum += (double)look[row + s];
    CHECK_NEAR(sum, 1, 1e-5);
  }
  for (int i = 0; i < cells; i++) CHECK(fabs((double)look[i] - (double)alone[i]) <= apart);
}

/* What a beam of one writes is what is written greedily. */
static inline void check_greedy(ur_trainer *trainer, const char *source, const ur_beam *beam) {
  const ur_sampling greedy = {.temperature = 0, .top_p = 1};
  ur_buffer one = {0}, other = {0};
  ur_beam_text(trainer, beam, beam->best, &one);
  CHECK(ur_trainer_sample(trainer, &greedy, 0, source, &other) == UR_OK);
  CHECK(one.size == other.size && (one.size == 0 || memcmp(one.data, other.data, one.size) == 0));
  ur_buffer_free(&one);
  ur_buffer_free(&other);
}

/* Fed its own guesses, as the settings have it, it learns something else than without. */
static inline void check_free_running(const ur_settings *settings) {
  ur_trainer *forced = trainer_of(settings, 0), *other = trainer_of(settings, 3);
  ur_step_report report;
  CHECK(ur_trainer_set(forced, "free_running", "0") == UR_OK);
  for (int i = 0; i < 3; i++) CHECK(ur_trainer_step(forced, &report) == UR_OK);
  CHECK(ur_trainer_hash(forced) != ur_trainer_hash(other));
  ur_trainer_free(forced);
  ur_trainer_free(other);
}

static inline int said(const char *part) { return strstr(ur_last_error()->message, part) != NULL; }

#endif

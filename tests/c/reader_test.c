/* The two nets that read: what they compute, by plain loops; what is counted on them, by formula. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "tape_help.h"
#include "unroll/reader.h"
#include "unroll/steps.h"

static const char sentence[] = " the dog  saw the cat ";
enum { T = 5, H = 4 };

static const float *value(ur_reader *reader, const char *path) {
  const int id = ur_tape_find(ur_reader_tape(reader), path);
  return CHECK(id != UR_NODE_NONE) ? ur_tape_value(ur_reader_tape(reader), id) : NULL;
}
static const float *state(ur_reader *reader, int layer, int word) {
  return ur_tape_value(ur_reader_tape(reader), ur_reader_state(reader, layer, word));
}
/* y = W x */
static void times(const float *W, const float *x, double *y) {
  for (int i = 0; i < H; i++) {
    y[i] = 0;
    for (int j = 0; j < H; j++) y[i] += (double)W[i * H + j] * x[j];
  }
}

static ur_reader *made(ur_reader_net net, const char *text, int length, int layers, uint64_t seed) {
  const ur_reader_options options = {
      .net = net, .text = text, .length = length, .hidden = H, .layers = layers, .seed = seed};
  ur_reader *reader = NULL;
  CHECK(ur_reader_create(&options, &reader) == UR_OK);
  return reader;
}

static void check_attention(void) {
  ur_reader *reader = made(UR_READER_ATTENTION, sentence, 0, 2, 7);
  const float *Q = value(reader, "layers.2.Q"), *K = value(reader, "layers.2.K"),
              *V = value(reader, "layers.2.V");
  CHECK(ur_reader_length(reader) == T);
  for (int i = 1; i <= T; i++) {
    double q[H], k[H], v[H], e[T], o[H] = {0}, sum = 0;
    times(Q, state(reader, 1, i), q);
    for (int j = 0; j < T; j++) {
      times(K, state(reader, 1, j + 1), k);
      e[j] = 0;
      for (int n = 0; n < H; n++) e[j] += q[n] * k[n];
      e[j] = exp(e[j] / sqrt((double)H));
      sum += e[j];
    }
    for (int j = 0; j < T; j++) {
      times(V, state(reader, 1, j + 1), v);
      for (int n = 0; n < H; n++) o[n] += e[j] / sum * v[n];
    }
    for (int n = 0; n < H; n++) CHECK_NEAR(state(reader, 2, i)[n], o[n], 1e-6);
  }
  ur_reader_free(reader);
}

static void check_recurrent(void) {
  ur_reader *reader = made(UR_READER_RECURRENT, sentence, 0, 2, 7);
  const float *W_e = value(reader, "layers.2.W_e"), *W_h = value(reader, "layers.2.W_h"),
              *b = value(reader, "layers.2.b_1");
  const float zero[H] = {0};
  for (int t = 1; t <= T; t++) {
    double from[H], below[H];
    times(W_h, t > 1 ? state(reader, 2, t - 1) : zero, from);
    times(W_e, state(reader, 1, t), below);
    for (int n = 0; n < H; n++)
      CHECK_NEAR(state(reader, 2, t)[n], tanh(from[n] + below[n] + (double)b[n]), 1e-6);
  }
  ur_reader_free(reader);
}

static void check_words(void) {
  ur_reader *reader = made(UR_READER_RECURRENT, sentence, 0, 1, 1),
            *other = made(UR_READER_RECURRENT, sentence, 0, 1, 2);
  CHECK(memcmp(state(reader, 0, 1), state(reader, 0, 4), H * sizeof(float)) == 0); /* the */
  CHECK(memcmp(state(reader, 0, 1), state(reader, 0, 2), H * sizeof(float)) != 0);
  CHECK(memcmp(state(reader, 0, 1), state(other, 0, 1), H * sizeof(float)) != 0);
  CHECK(ur_reader_state(reader, 2, 1) == UR_NODE_NONE && ur_reader_state(reader, 0, 0) == UR_NODE_NONE &&
        ur_reader_state(reader, 1, T + 1) == UR_NODE_NONE && ur_reader_state(reader, -1, 1) == UR_NODE_NONE);
  CHECK(ur_reader_run(reader) == UR_OK);
  ur_reader_free(reader);
  ur_reader_free(other);
}

/* Steps, and products, of T words and L layers. */
static void check_counts(int words, int layers) {
  for (int net = 0; net < UR_READER_NETS; net++) {
    ur_reader *reader = made((ur_reader_net)net, NULL, words, layers, 1);
    const ur_tape *tape = ur_reader_tape(reader);
    ur_work work[UR_OP_COUNT];
    uint64_t products = 0;
    const uint64_t t = (uint64_t)words, l = (uint64_t)layers;
    int count, *ids = malloc((size_t)ur_tape_count(tape) * sizeof *ids);
    CHECK(ur_steps_longest(tape, UR_NODE_NONE, ids, &count) == UR_OK);
    CHECK(count - 1 == (net == UR_READER_RECURRENT ? 4 * (words + layers - 1) : 6 * layers));
    CHECK(ur_steps_all(tape, ids) == UR_OK);
    for (int i = 1; i <= words; i++)
      for (int n = 1; n <= layers; n++)
        CHECK(ids[ur_reader_state(reader, n, i)] == (net == UR_READER_RECURRENT ? 4 * (i + n - 1) : 6 * n));
    CHECK(ur_steps_way(tape, ur_reader_state(reader, 0, 1), ur_reader_state(reader, 1, words), ids, &count) ==
          UR_OK);
    CHECK(count - 1 == (net == UR_READER_RECURRENT ? 4 * words : 3));
    if (words > 1) {
      CHECK(ur_steps_way(tape, ur_reader_state(reader, 0, words), ur_reader_state(reader, 1, 1), ids,
                         &count) == UR_OK);
      CHECK(count == (net == UR_READER_RECURRENT ? 0 : 4)); /* the words to come are not known */
    }
    CHECK(ur_steps_work(tape, work) == UR_OK);
    for (int op = 0; op < UR_OP_COUNT; op++) products += work[op].multiply_adds;
    CHECK(products == (net == UR_READER_RECURRENT ? 2 * l * t * H * H : l * (3 * t * H * H + 2 * t * t * H)));
    free(ids);
    ur_reader_free(reader);
  }
}

static void check_refused(void) {
  ur_reader *reader = NULL;
  ur_reader_options bad = {.net = UR_READER_ATTENTION, .text = "  ", .hidden = H, .layers = 1, .seed = 1};
  CHECK(ur_reader_create(&bad, &reader) == UR_E_TEXT && said("no words") && reader == NULL);
  bad.text = NULL, bad.length = UR_READER_WORDS + 1;
  CHECK(ur_reader_create(&bad, &reader) == UR_E_ARGUMENT && said("1 to 1024 words, not for 1025"));
  bad.length = 3, bad.layers = UR_READER_LAYERS + 1;
  CHECK(ur_reader_create(&bad, &reader) == UR_E_ARGUMENT && said("1 to 4 layers, not 5"));
  bad.layers = 1, bad.hidden = 0;
  CHECK(ur_reader_create(&bad, &reader) == UR_E_ARGUMENT && said("1 to 256 numbers, not 0"));
  bad.hidden = H, bad.net = UR_READER_NETS;
  CHECK(ur_reader_create(&bad, &reader) == UR_E_ARGUMENT && said("no net of number 2"));
}

/* Whichever allocation fails: refused, and nothing is lost. */
static void check_memory(void) {
  for (int net = 0; net < UR_READER_NETS; net++) {
    const ur_reader_options options = {
        .net = (ur_reader_net)net, .text = "a b", .hidden = H, .layers = 2, .seed = 1};
    ur_status status = UR_E_MEMORY;
    long n = 0;
    for (; status != UR_OK && n < 1000; n++) {
      ur_reader *reader = NULL;
      ur__alloc_fail_after(n);
      status = ur_reader_create(&options, &reader);
      ur__alloc_fail_after(-1);
      CHECK(status == UR_OK || (status == UR_E_MEMORY && reader == NULL));
      ur_reader_free(reader);
    }
    CHECK(status == UR_OK && n > 20);
  }
}

int main(void) {
  TEST("attention by plain loops") { check_attention(); }
  TEST("recurrent by plain loops") { check_recurrent(); }
  TEST("words") { check_words(); }
  TEST("counts") {
    for (int words = 1; words <= 9; words += 4)
      for (int layers = 1; layers <= 3; layers++) check_counts(words, layers);
    check_counts(300, 2);
  }
  TEST("refused") { check_refused(); }
  TEST("memory") { check_memory(); }
  return check_done();
}

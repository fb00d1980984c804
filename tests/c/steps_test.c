/* Steps, ways and work, against values worked out by hand. */
#include "tape_help.h"

#include "alloc.h"
#include "unroll/steps.h"

static int same(const int *way, int count, const int *expected, int n) {
  return count == n && memcmp(way, expected, (size_t)n * sizeof *way) == 0;
}

static int opened(ur_params **params, ur_tape **tape) {
  const ur_tape_options options = {.batch = 2, .length = 1, .source = 3};
  ur_rng stream = ur_rng_stream(1, "init", 0);
  return CHECK(ur_params_create(params) == UR_OK) && CHECK(ur_params_finish(*params, &stream) == UR_OK) &&
         CHECK(ur_tape_create(&options, *params, tape) == UR_OK);
}

/* x -> a -> b -> c, and x -> c: the longest way is 3 steps, the shortest is 1. */
static void check_two_ways(void) {
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  if (!opened(&params, &tape)) return;
  const int x = ur_input(tape, "x", "BH", (int[]){2, 5}), y = ur_input(tape, "y", "BH", (int[]){2, 5});
  const int a = ur_tanh(tape, "a", x), b = ur_relu(tape, "b", a), c = ur_mul(tape, "c", b, x);
  int way[8], steps[8], count;
  CHECK(ur_steps_all(tape, steps) == UR_E_STATE && said("not finished"));
  CHECK(ur_tape_finish(tape) == UR_OK && ur_tape_count(tape) == 5);
  CHECK(ur_steps_all(tape, steps) == UR_OK && same(steps, 5, (int[]){0, 0, 1, 2, 3}, 5));
  CHECK(ur_steps_longest(tape, UR_NODE_NONE, way, &count) == UR_OK &&
        same(way, count, (int[]){x, a, b, c}, 4));
  CHECK(ur_steps_longest(tape, a, way, &count) == UR_OK && same(way, count, (int[]){x, a}, 2));
  CHECK(ur_steps_longest(tape, y, way, &count) == UR_OK && same(way, count, &y, 1));
  CHECK(ur_steps_way(tape, x, c, way, &count) == UR_OK && same(way, count, (int[]){x, c}, 2));
  CHECK(ur_steps_way(tape, x, b, way, &count) == UR_OK && same(way, count, (int[]){x, a, b}, 3));
  CHECK(ur_steps_way(tape, a, c, way, &count) == UR_OK && same(way, count, (int[]){a, b, c}, 3));
  CHECK(ur_steps_way(tape, c, c, way, &count) == UR_OK && same(way, count, &c, 1));
  CHECK(ur_steps_way(tape, c, x, way, &count) == UR_OK && count == 0); /* against the direction */
  CHECK(ur_steps_way(tape, y, c, way, &count) == UR_OK && count == 0);
  CHECK(ur_steps_way(tape, -1, c, way, &count) == UR_E_ARGUMENT && said("no node -1; there are 5"));
  CHECK(ur_steps_way(tape, x, 5, way, &count) == UR_E_ARGUMENT && said("no node 5"));
  CHECK(ur_steps_longest(tape, 5, way, &count) == UR_E_ARGUMENT && count == 0);
  ur_tape_free(tape);
  ur_params_free(params);
}

/* A query over three steps of a source: stack, scores, scaled, softmax, sum. */
static void check_attention(void) {
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  if (!opened(&params, &tape)) return;
  const int q = ur_input(tape, "q", "BH", (int[]){2, 4}),
            lengths = ur_input_index(tape, "lengths", "B", (int[]){2});
  int h[3], steps[12], way[12], count;
  ur_work work[UR_OP_COUNT];
  for (int s = 0; s < 3; s++)
    h[s] = ur_input(tape, (const char *[]){"h1", "h2", "h3"}[s], "BH", (int[]){2, 4});
  const int keys = ur_stack(tape, "keys", h, 3, 'S'), e = ur_scores(tape, "e", q, keys);
  const int scaled = ur_scale(tape, "scaled", e, 4),
            alpha = ur_masked_softmax(tape, "alpha", scaled, lengths);
  const int a = ur_weighted_sum(tape, "a", alpha, keys);
  CHECK(ur_tape_finish(tape) == UR_OK && ur_steps_all(tape, steps) == UR_OK);
  CHECK(steps[keys] == 1 && steps[e] == 2 && steps[scaled] == 3 && steps[alpha] == 4 && steps[a] == 5);
  for (int s = 0; s < 3; s++)
    CHECK(ur_steps_way(tape, h[s], a, way, &count) == UR_OK && same(way, count, (int[]){h[s], keys, a}, 3));
  CHECK(ur_steps_way(tape, q, a, way, &count) == UR_OK &&
        same(way, count, (int[]){q, e, scaled, alpha, a}, 5));
  CHECK(ur_steps_work(tape, work) == UR_OK);
  CHECK(work[UR_OP_SCORES].multiply_adds == 24);       /* 2 sequences, 3 scores of 4 products */
  CHECK(work[UR_OP_WEIGHTED_SUM].multiply_adds == 24); /* 2 sequences, 4 cells of 3 products */
  CHECK(work[UR_OP_SCALE].others == 6 && work[UR_OP_MASKED_SOFTMAX].others == 26); /* 2 (2 + 3 + 3 + 2 + 3) */
  CHECK(work[UR_OP_STACK].others == 0 && work[UR_OP_STACK].bytes == 96);
  CHECK(work[UR_OP_LEAF].nodes == 5 && work[UR_OP_LEAF].bytes == 4 * (4 * 8 + 2));
  ur_tape_free(tape);
  ur_params_free(params);
}

/* Of step t: e 1, h 4 t + 1 (W_h h, sum, a, h), logits, y_hat, J 4 t + 3, + 4, + 5. */
static void check_recurrent(void) {
  small_rnn m = small;
  ur_tape *tape = NULL;
  ur_tape_options options = {.batch = m.B, .length = m.T};
  int steps[128], way[128], count;
  if (!CHECK(small_rnn_params(&m) == UR_OK && small_rnn_unrolled(&m, &options, &tape) == UR_OK)) return;
  const int n = ur_tape_count(tape), J = ur_tape_find(tape, "J"), E = ur_tape_find(tape, "E");
  const int h1 = step_node(tape, "rnn", 0, "h"), h4 = step_node(tape, "rnn", 3, "h");
  CHECK(n < 128 && ur_steps_all(tape, steps) == UR_OK);
  for (int i = 0; i < m.T; i++) {
    const int t = i + 1;
    CHECK(steps[step_node(tape, "in", i, "x")] == 0 && steps[step_node(tape, "in", i, "e")] == 1);
    CHECK(steps[step_node(tape, "rnn", i, "We_e")] == 2 &&
          steps[step_node(tape, "rnn", i, "h")] == 4 * t + 1);
    CHECK(steps[step_node(tape, "out", i, "logits")] == 4 * t + 3);
    CHECK(steps[step_node(tape, "out", i, "J")] == 4 * t + 5);
  }
  CHECK(steps[J] == 22 && steps[E] == 0);
  CHECK(ur_steps_longest(tape, UR_NODE_NONE, way, &count) == UR_OK && count == 23);
  CHECK(way[0] == E && way[1] == step_node(tape, "in", 0, "e") && way[5] == h1 && way[17] == h4 &&
        way[22] == J);
  for (int i = 1; i < count; i++) CHECK(steps[way[i]] == i);
  CHECK(ur_steps_way(tape, h1, h4, way, &count) == UR_OK && count - 1 == 12);
  CHECK(way[1] == step_node(tape, "rnn", 1, "Wh_h") && way[4] == step_node(tape, "rnn", 1, "h"));
  CHECK(ur_steps_way(tape, E, h4, way, &count) == UR_OK && count - 1 == 5); /* by its own letter */
  CHECK(ur_steps_way(tape, h4, h1, way, &count) == UR_OK && count == 0);

  CHECK(ur_tape_resize(tape, 1, 2) == UR_OK && ur_steps_all(tape, steps) == UR_OK);
  CHECK(steps[J] == 14 && steps[h1] == 5 && steps[h4] == -1);
  CHECK(ur_steps_way(tape, h1, h4, way, &count) == UR_E_ARGUMENT && said("rnn.4.h is of step 4"));
  CHECK(ur_steps_longest(tape, h4, way, &count) == UR_E_ARGUMENT);
  CHECK(ur_steps_longest(tape, UR_NODE_NONE, way, &count) == UR_OK && count == 15 && way[14] == J);
  ur_tape_free(tape);
  ur_params_free(m.params);
}

static int counts(ur_work one, uint64_t nodes, uint64_t multiply_adds, uint64_t others, uint64_t bytes) {
  return one.nodes == nodes && one.multiply_adds == multiply_adds && one.others == others &&
         one.bytes == bytes;
}

/* T 4, B 3, E 5, H 6, V 7; reals of `size` bytes, indices of 4. */
static void check_work(ur_dtype dtype, uint64_t size) {
  small_rnn m = small;
  ur_tape *tape = NULL;
  ur_tape_options options = {.dtype = dtype, .batch = m.B, .length = m.T};
  ur_work work[UR_OP_COUNT];
  if (!CHECK(small_rnn_params(&m) == UR_OK && small_rnn_unrolled(&m, &options, &tape) == UR_OK)) return;
  CHECK(ur_steps_work(tape, work) == UR_OK);
  CHECK(counts(work[UR_OP_MATMUL], 12, 1296, 0, 228 * size)); /* 4 steps of 3 (6 6 + 6 5 + 7 6) */
  CHECK(counts(work[UR_OP_ADD], 12, 0, 228, 228 * size));     /* 4 steps of 3 (6 + 6 + 7) */
  CHECK(counts(work[UR_OP_TANH], 4, 0, 72, 72 * size));
  CHECK(counts(work[UR_OP_SOFTMAX], 4, 0, 396, 84 * size)); /* 12 rows of 6 + 7 + 7 + 6 + 7 */
  CHECK(counts(work[UR_OP_NLL], 4, 0, 12, 12 * size));
  CHECK(counts(work[UR_OP_MEAN_LOSS], 1, 0, 12, size)); /* 11 sums and a quotient */
  CHECK(counts(work[UR_OP_EMBEDDING], 4, 0, 0, 60 * size));
  CHECK(counts(work[UR_OP_LEAF], 16, 0, 0, (156 + 18 + 1) * size + 24 * 4)); /* parameters, h0, count; x, y */
  CHECK(counts(work[UR_OP_SCORES], 0, 0, 0, 0));
  CHECK(ur_tape_resize(tape, 1, 2) == UR_OK && ur_steps_work(tape, work) == UR_OK);
  CHECK(counts(work[UR_OP_MATMUL], 6, 216, 0, 38 * size));
  CHECK(counts(work[UR_OP_MEAN_LOSS], 1, 0, 2, size));
  ur_tape_free(tape);
  ur_params_free(m.params);
}

static void check_fused(void) {
  small_rnn m = small;
  ur_tape *tape = NULL;
  ur_tape_options options = {.batch = m.B, .length = m.T};
  int numbers[64], count;
  ur_work work[UR_OP_COUNT];
  if (!CHECK(small_rnn_params(&m) == UR_OK && small_rnn_fused(&m, &options, &tape) == UR_OK)) return;
  CHECK(ur_steps_all(tape, numbers) == UR_E_STATE && said("h is fused and hides its steps"));
  CHECK(ur_steps_longest(tape, UR_NODE_NONE, numbers, &count) == UR_E_STATE);
  CHECK(ur_steps_way(tape, 0, 1, numbers, &count) == UR_E_STATE && ur_steps_work(tape, work) == UR_E_STATE);
  ur_tape_free(tape);
  ur_params_free(m.params);
}

/* h1 -> h2 -> h3, all stacked, of which the last is taken: from h1 only by way of h2 and h3. */
static void check_last(void) {
  ur_params *params = NULL;
  ur_tape *tape = NULL;
  int h[3], way[12], count;
  if (!opened(&params, &tape)) return;
  const int lengths = ur_input_index(tape, "lengths", "B", (int[]){2});
  h[0] = ur_input(tape, "h1", "BH", (int[]){2, 4});
  h[1] = ur_tanh(tape, "h2", h[0]);
  h[2] = ur_tanh(tape, "h3", h[1]);
  const int all = ur_stack(tape, "all", h, 3, 'S'), last = ur_last(tape, "last", all, lengths);
  const int y = ur_tanh(tape, "y", last);
  CHECK(ur_tape_finish(tape) == UR_OK);
  CHECK(ur_steps_way(tape, h[0], y, way, &count) == UR_OK &&
        same(way, count, (int[]){h[0], h[1], h[2], all, last, y}, 6));
  CHECK(ur_steps_way(tape, h[2], y, way, &count) == UR_OK &&
        same(way, count, (int[]){h[2], all, last, y}, 4));
  CHECK(ur_steps_way(tape, h[0], all, way, &count) == UR_OK && same(way, count, (int[]){h[0], all}, 2));
  CHECK(ur_steps_way(tape, all, y, way, &count) == UR_OK && same(way, count, (int[]){all, last, y}, 3));
  CHECK(ur_steps_way(tape, lengths, y, way, &count) == UR_OK &&
        same(way, count, (int[]){lengths, last, y}, 3));
  CHECK(ur_tape_resize_source(tape, 2) == UR_OK); /* the third is beyond it */
  CHECK(ur_steps_way(tape, h[0], y, way, &count) == UR_OK &&
        same(way, count, (int[]){h[0], h[1], all, last, y}, 5));
  ur_tape_free(tape);
  ur_params_free(params);
}

static void check_allocation_failures(void) {
  small_rnn m = small;
  ur_tape *tape = NULL;
  ur_tape_options options = {.batch = m.B, .length = m.T};
  int way[128], count;
  if (!CHECK(small_rnn_params(&m) == UR_OK && small_rnn_unrolled(&m, &options, &tape) == UR_OK)) return;
  const int J = ur_tape_find(tape, "J");
  for (int longest = 0; longest < 2; longest++)
    for (int n = 0; n < 2; n++) {
      ur__alloc_fail_after(n);
      const ur_status status =
          longest ? ur_steps_longest(tape, J, way, &count) : ur_steps_way(tape, 0, J, way, &count);
      ur__alloc_fail_after(-1);
      CHECK(status == (n == 0 ? UR_E_MEMORY : UR_OK) && (count > 0) == (n > 0));
      CHECK(n > 0 || said("no memory left to count the steps"));
    }
  ur_tape_free(tape);
  ur_params_free(m.params);
}

int main(void) {
  TEST("two ways") check_two_ways();
  TEST("attention") check_attention();
  TEST("a recurrent net") check_recurrent();
  TEST("work") check_work(UR_F32, 4);
  TEST("work, double") check_work(UR_F64, 8);
  TEST("fused ops are refused") check_fused();
  TEST("the last of stacked states") check_last();
  TEST("allocations fail") check_allocation_failures();
  return check_done();
}

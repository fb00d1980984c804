/* e = the embeddings of the last k tokens side by side;  h = tanh(W e + b_1);  y_hat = softmax(U h + b_2)
 * (Bengio et al. 2003, without the direct connections) */
#include <stdio.h>

#include "models.h"
#include "unroll/layers.h"

enum { WINDOW, EMBEDDING_SIZE, HIDDEN_SIZE, EMBEDDING_STD, SETTINGS };
enum { E, W, B_1, U, B_2 };

static const ur_setting settings[SETTINGS] = {
    [WINDOW] = {.key = "window", .def = 3, .min = 1, .max = 16, .help = "tokens seen at once"},
    [EMBEDDING_SIZE] = UR__ROW_EMBEDDING(16),
    [HIDDEN_SIZE] =
        {.key = "hidden_size", .def = 390, .min = 1, .max = 1024, .help = "numbers in the hidden layer"},
    [EMBEDDING_STD] = UR__ROW_STD,
};

static const ur_dense hidden = {W, B_1}, output = {U, B_2};

static void declare(const double *values, const ur__io *io, ur_params *params) {
  const int embedding = (int)values[EMBEDDING_SIZE], H = (int)values[HIDDEN_SIZE];
  ur_embedding_params(params, "E", io->vocabulary, embedding, values[EMBEDDING_STD]);
  ur_dense_params(params, "W", "b_1", "HF", H, (int)values[WINDOW] * embedding);
  ur_dense_params(params, "U", "b_2", "VH", io->vocabulary, H);
}

/* From windows x to logits, one step or a whole sequence: the net remembers nothing, so they are the same. */
static int build_logits(ur_tape *tape, int x) {
  const int e = ur_flatten(tape, "e", ur_embedding(tape, "letters", ur_param(tape, E), x), 'F');
  const int h = ur_tanh(tape, "h", ur_dense_layer(tape, &hidden, "We", "a", e));
  return ur_dense_layer(tape, &output, "Uh", "logits", h);
}

static void build_fused(const double *values, int next, const ur_tape_options *capacity, ur_tape *tape) {
  const int windows[] = {capacity->length, capacity->batch, (int)values[WINDOW]};
  const int logits = build_logits(tape, ur_input_index(tape, "x", "TBW", windows));
  if (next) {
    ur_softmax(tape, "y_hat", logits);
    return;
  }
  const int y = ur_input_index(tape, "y", "TB", windows), count = ur_input(tape, "count", "", NULL);
  const int loss = ur_cross_entropy(tape, "J_t", logits, y);
  ur_mean_loss(tape, "J", &loss, 1, count);
}

static void build_steps(const double *values, const ur_tape_options *capacity, ur_tape *tape) {
  const int window[] = {capacity->batch, (int)values[WINDOW]};
  int losses[UR_STEPS_MAX];
  const int count = ur_input(tape, "count", "", NULL);
  ur_scope_push(tape, "window");
  for (int t = 1; t <= capacity->length; t++) {
    char step[16];
    snprintf(step, sizeof step, "%d", t);
    ur_scope_push(tape, step);
    ur_scope_time(tape, t);
    const int x = ur_input_index(tape, "x", "BW", window), y = ur_input_index(tape, "y", "B", window);
    losses[t - 1] = ur_nll(tape, "J", ur_softmax(tape, "y_hat", build_logits(tape, x)), y);
    ur_scope_pop(tape);
  }
  ur_scope_pop(tape);
  ur_scope_time(tape, 0);
  ur_mean_loss(tape, "J", losses, capacity->length, count);
}

static void build(const double *values, const ur__io *io, ur__lowering lowering,
                  const ur_tape_options *capacity, ur_tape *tape) {
  (void)io;
  if (lowering == UR__UNROLLED || lowering == UR__MEASURED)
    build_steps(values, capacity, tape);
  else
    build_fused(values, lowering == UR__NEXT, capacity, tape);
}

const ur__model ur__window_lm = {.name = "window_lm",
                                 .help = "a net that sees the last few tokens and nothing before them",
                                 .settings = settings,
                                 .setting_count = SETTINGS,
                                 .takes = ur__takes_next,
                                 .declare = declare,
                                 .build = build};

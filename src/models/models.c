#include "models.h"

#include <string.h>

const ur__model *const ur__models[] = {&ur__rnn_lm,     &ur__lstm_lm,        &ur__gru_lm,   &ur__classifier,
                                       &ur__forecaster, &ur__window_lm,      &ur__ngram_lm, &ur__seq2seq,
                                       &ur__mlp,        &ur__attention_only, &ur__gpt,      &ur__encoder,
                                       &ur__transformer};
const int ur__model_count = sizeof ur__models / sizeof *ur__models;

const ur__take ur__takes_next[] = {{.name = "x", .axes = "TB"}, {.name = "y", .axes = "TB"}, {.name = NULL}};
const ur__take ur__takes_source[] = {{.name = "source", .axes = "SB"},
                                     {.name = "x", .axes = "TB"},
                                     {.name = "y", .axes = "TB"},
                                     {.name = NULL}};

ur_positions ur__positions_of(const double *values, int width, int context) {
  return (ur_positions){.kind = (ur_positions_kind)values[0],
                        .width = width,
                        .concatenated = values[1] == 1,
                        .count_from = (int)values[2],
                        .context = context};
}

int ur__answers_once(const ur__model *model) {
  const ur__take *take = model->takes;
  while (strcmp(take->name, "y") != 0) take++;
  return strchr(take->axes, 'T') == NULL;
}

int ur__reads_source(const ur__model *model) {
  for (const ur__take *take = model->takes; take->name != NULL; take++)
    if (strcmp(take->name, "source") == 0) return 1;
  return 0;
}

const ur__model *ur__model_find(const char *name) {
  for (int i = 0; i < ur__model_count; i++) {
    if (strcmp(ur__models[i]->name, name) == 0) return ur__models[i];
  }
  return NULL;
}

int ur__chances(ur_tape *tape, const ur__io *io, int sums) {
  return io->numbers == 1 ? ur_sigmoid(tape, "y_hat", sums) : ur_softmax(tape, "y_hat", sums);
}

int ur__surprise(ur_tape *tape, const ur__io *io, int y_hat, int y) {
  return io->numbers == 1 ? ur_bernoulli(tape, "J_t", y_hat, y) : ur_categorical(tape, "J_t", y_hat, y);
}

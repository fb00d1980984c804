/* How large the gradient is that comes to each block of a deep Transformer, whole and with parts taken out,
 * before any training or after some of it. */
#include <stdio.h>

#include "studies.h"
#include "trainer.h"
#include "unroll/looked.h"

enum { BLOCKS, WIDTH, UPDATES, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [BLOCKS] = {.key = "num_blocks", .def = 12, .min = 2, .max = 12, .help = "blocks, one on another"},
    [WIDTH] = {.key = "hidden_size", .def = 32, .min = 2, .max = 128, .help = "numbers of a token, even"},
    [UPDATES] = {.key = "updates", .max = 500, .help = "updates of training on names before"}};
enum { TEXT };
static const ur__study_input inputs[] = {[TEXT] = {"text", UR__TEXT, "jacqueline", "a name"}, {.name = NULL}};

enum { WHOLE, CUT, BARE, NEITHER, POST, VARIANTS };
static const char *const labels[VARIANTS] = {[WHOLE] = "whole",
                                             [CUT] = "without residuals",
                                             [BARE] = "without norms",
                                             [NEITHER] = "without both",
                                             [POST] = "norms after"};
static const char *const norms[VARIANTS] = {"pre", "pre", "none", "none", "post"},
                         *const residuals[VARIANTS] = {"on", "off", "on", "off", "on"};

enum { AT_ONCE = 2 }; /* updates of a piece */
typedef struct state {
  ur_trainer *trainer; /* of the variant under way */
  int blocks, updates, rounds;
  double *size, *loss;
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  s->blocks = (int)ur__study_setting(study, BLOCKS);
  s->updates = (int)ur__study_setting(study, UPDATES);
  s->rounds = (s->updates + AT_ONCE - 1) / AT_ONCE + 1;
  const int variant = ur__study_axis(study, "variant", VARIANTS, labels),
            block = ur__study_axis(study, "block", s->blocks + 1, NULL);
  double *at = ur__study_places(study, block, "");
  s->size = ur__study_array(study, "size", "", 2, (int[]){variant, block});
  if (s->updates > 0) s->loss = ur__study_array(study, "loss", "nats", 1, &variant);
  const ur_status status = ur__study_declared(study, VARIANTS * s->rounds);
  for (int b = 0; b <= s->blocks && status == UR_OK; b++) at[b] = b + 1;
  return status;
}

static ur_status open_variant(const ur_study *study, state *s, int variant) {
  char blocks[16], width[16];
  const struct {
    const char *key, *value;
  } rows[] = {{"num_blocks", blocks},   {"hidden_size", width},           {"num_heads", "2"},
              {"norm", norms[variant]}, {"residual", residuals[variant]}, {"learning_rate", "0.002"}};
  ur_settings chosen;
  snprintf(blocks, sizeof blocks, "%d", s->blocks);
  snprintf(width, sizeof width, "%d", (int)ur__study_setting(study, WIDTH));
  ur_status status = ur_settings_init(&chosen, "gpt", "names");
  for (size_t i = 0; i < sizeof rows / sizeof *rows && status == UR_OK; i++)
    status = ur_settings_set(&chosen, rows[i].key, rows[i].value);
  chosen.seed = ur__study_seed(study);
  return status == UR_OK ? ur_trainer_create(&chosen, (ur_bytes){NULL, 0}, &s->trainer) : status;
}

static ur_status measure(const ur_study *study, state *s, int variant) {
  ur_looked looked;
  ur_evaluation evaluation = {0};
  ur_status status = ur_looked_read(s->trainer, ur__study_text(study, TEXT), 0, -1, &looked);
  for (int b = 0; b <= s->blocks && status == UR_OK; b++)
    s->size[variant * (s->blocks + 1) + b] = looked.depth[b];
  ur_looked_free(&looked);
  if (status == UR_OK && s->updates > 0) status = ur_trainer_evaluate(s->trainer, 1, &evaluation);
  if (s->updates > 0) s->loss[variant] = evaluation.loss;
  ur_trainer_free(s->trainer);
  s->trainer = NULL;
  return status;
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int variant = i / s->rounds, round = i % s->rounds;
  ur_step_report report;
  ur_status status = round == 0 ? open_variant(study, s, variant) : UR_OK;
  for (int u = round * AT_ONCE; u < s->updates && u < (round + 1) * AT_ONCE && status == UR_OK; u++)
    status = ur_trainer_step(s->trainer, &report);
  return status == UR_OK && round + 1 == s->rounds ? measure(study, s, variant) : status;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_by_depth = {.name = "by_depth",
                                      .help =
                                          "the gradient that comes to each block, whole and with parts out",
                                      .settings = settings,
                                      .setting_count = SETTINGS,
                                      .inputs = inputs,
                                      .reads = "names",
                                      .state = sizeof(state),
                                      .begin = begin,
                                      .piece = piece,
                                      .end = end};

#include "training.h"

#include <stdio.h>
#include <string.h>

#include "real.h"
#include "unroll/texts.h"

const ur_setting ur__training_settings[UR__TRAINING_SETTINGS] = {
    [UR__BATCH_SIZE] = {.key = "batch_size",
                        .def = 32,
                        .min = 1,
                        .max = 512,
                        .help = "sequences an update; no more than there are"},
    [UR__OPTIMIZER] = {.key = "optimizer",
                       .type = UR_SETTING_CHOICE,
                       .choices = "sgd|momentum|adam|adamw",
                       .def = UR__ADAM,
                       .max = UR__ADAMW,
                       .help = "how a gradient becomes a step"},
    [UR__LEARNING_RATE] = {.key = "learning_rate",
                           .type = UR_SETTING_REAL,
                           .def = 0.003,
                           .max = 1000,
                           .live = 1,
                           .help = "length of a step"},
    [UR__MOMENTUM] = {.key = "momentum",
                      .type = UR_SETTING_REAL,
                      .def = 0.9,
                      .max = 0.9999,
                      .live = 1,
                      .help = "share of the last step kept (momentum)"},
    [UR__BETA1] = {.key = "beta1",
                   .type = UR_SETTING_REAL,
                   .def = 0.9,
                   .max = 0.9999,
                   .live = 1,
                   .help = "decay of the mean gradient (adam)"},
    [UR__BETA2] = {.key = "beta2",
                   .type = UR_SETTING_REAL,
                   .def = 0.999,
                   .max = 0.999999,
                   .live = 1,
                   .help = "decay of the mean squared gradient (adam)"},
    [UR__EPSILON] = {.key = "epsilon",
                     .type = UR_SETTING_REAL,
                     .def = 1e-8,
                     .min = 1e-12,
                     .max = 1,
                     .live = 1,
                     .help = "keeps the division finite (adam)"},
    [UR__CLIP_NORM] = {.key = "clip_norm",
                       .type = UR_SETTING_REAL,
                       .def = 1,
                       .max = 1e6,
                       .live = 1,
                       .help = "longest gradient used; 0: any"},
    [UR__SCHEDULE] = {.key = "schedule",
                      .type = UR_SETTING_CHOICE,
                      .choices = "constant|linear|cosine",
                      .def = UR__LINEAR,
                      .max = UR__COSINE,
                      .live = 1,
                      .help = "linear: the learning rate falls to 0 over the second half of `steps`; cosine: "
                              "over all of them"},
    [UR__STEPS] = {.key = "steps",
                   .def = 3000,
                   .min = 0,
                   .max = 1e7,
                   .live = 1,
                   .help = "updates that the schedule is made for"},
    [UR__WEIGHT_DECAY] = {.key = "weight_decay",
                          .type = UR_SETTING_REAL,
                          .def = 0.01,
                          .max = 1,
                          .live = 1,
                          .help = "share of a weight taken off, times the learning rate (adamw)",
                          .later = 1},
    [UR__WARM_UP] = {.key = "warm_up",
                     .max = 1e7,
                     .live = 1,
                     .help = "updates over which the learning rate grows from 0",
                     .later = 1},
};

const double *ur__model_values(const ur_settings *settings) { return settings->values; }

const double *ur__task_values(const ur_settings *settings) {
  return settings->values + ur__model_find(settings->model)->setting_count;
}

const double *ur__training_values(const ur_settings *settings) {
  return ur__task_values(settings) + ur__task_find(settings->task)->setting_count;
}

void ur_text_name(const ur_settings *settings, char *out, size_t size) {
  char name[UR__TEXT_NAME];
  ur__task_text_name(ur__task_find(settings->task), ur__task_values(settings), name);
  snprintf(out, size, "%s", name);
}

static int matches(const ur__take *take, const ur__array *array) {
  return strcmp(take->name, array->name) == 0 && strcmp(take->axes, array->axes) == 0 &&
         take->real == array->real;
}

int ur__fits(const ur__model *model, const ur__task *task) {
  int taken = 0, given = 0;
  for (const ur__take *take = model->takes; take->name != NULL;) {
    int found = 0;
    do {
      for (const ur__array *array = task->arrays; array->name != NULL; array++) found += matches(take, array);
      take++;
    } while (take->name != NULL && take->either);
    if (!found) return 0;
    taken += found;
  }
  while (task->arrays[given].name != NULL) given++;
  return taken == given;
}

ur__io ur__io_of(const ur__task *task, int vocabulary) {
  const ur__array *read = &task->arrays[0];
  const int y = ur__array_find(task->arrays, "y");
  const ur__array *said = &task->arrays[y];
  const int of_source = read->axes[0] == 'S', width = read->real ? read->width : 0;
  return (ur__io){.vocabulary = vocabulary,
                  .features = of_source ? 0 : width,
                  .source_features = of_source ? width : 0,
                  .numbers = said->real ? said->width : said->place,
                  .chances = task->right == UR__RIGHT_CLASS};
}

/* 1 where t is 0, 0 where it is 1. */
static double half_wave(double t) { return (1 + ur__sin_turns(0.25 + t / 2)) / 2; }

static double scheduled(const double *training, uint64_t step) {
  const double rate = training[UR__LEARNING_RATE], steps = training[UR__STEPS];
  const uint64_t last = (uint64_t)steps, half = last / 2, warm = (uint64_t)training[UR__WARM_UP];
  if (training[UR__SCHEDULE] == UR__COSINE) {
    if (step <= warm) return rate;
    return step >= last ? 0 : rate * half_wave((double)(step - warm) / (double)(last - warm));
  }
  if (training[UR__SCHEDULE] != UR__LINEAR || step <= half) return rate;
  return rate * ((double)(step < last ? last - step + 1 : 1) / (double)(last - half));
}

double ur__learning_rate(const double *training, uint64_t step) {
  const double rate = scheduled(training, step), warm = training[UR__WARM_UP];
  return (double)step < warm ? rate * ((double)step / warm) : rate;
}

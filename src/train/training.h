/* train/training.h: the settings of training itself, which every model that learns by gradients shares. */
#ifndef UNROLL_TRAIN_TRAINING_H
#define UNROLL_TRAIN_TRAINING_H

#include "examples.h"
#include "models.h"
#include "unroll/settings.h"

enum {
  UR__BATCH_SIZE,
  UR__OPTIMIZER,
  UR__LEARNING_RATE,
  UR__MOMENTUM,
  UR__BETA1,
  UR__BETA2,
  UR__EPSILON,
  UR__CLIP_NORM,
  UR__SCHEDULE,
  UR__STEPS,
  UR__WEIGHT_DECAY,
  UR__WARM_UP,
  UR__TRAINING_SETTINGS
};
enum { UR__SGD, UR__WITH_MOMENTUM, UR__ADAM, UR__ADAMW };
enum { UR__CONSTANT, UR__LINEAR, UR__COSINE };
extern const ur_setting ur__training_settings[UR__TRAINING_SETTINGS];

/* The values of one owner's rows, in the order of its table. A counting model has no training rows. */
const double *ur__model_values(const ur_settings *settings);
const double *ur__task_values(const ur_settings *settings);
const double *ur__training_values(const ur_settings *settings);

/* Does this model go with this task? It takes every array that the task gives, and misses none. */
int ur__fits(const ur__model *model, const ur__task *task);
/* What goes in and out of a model on this task. */
ur__io ur__io_of(const ur__task *task, int vocabulary);

/* The learning rate of update `step`, from 1. Linear: constant for the first half of `steps`, then falling in
 * equal steps to one step above 0, where it stays. Cosine (Loshchilov and Hutter 2017): after warming up,
 * half a wave from the whole rate to 0 at `steps`. Warming up multiplies what any of them gives by step /
 * warm_up until that is 1 (Vaswani et al. 2017). */
double ur__learning_rate(const double *training, uint64_t step);

#endif

#include "simple.h"

#include <math.h>
#include <string.h>

/* What is compared of example b: how often each residue is there, or the points of the patches. */
static void features_of(const ur__simple *simple, const ur__batch *batch, int b, double *out) {
  const int B = batch->count, width = simple->task->arrays[0].width;
  const int32_t *tokens = ur__batch_tokens(batch, "x");
  const float *reals = ur__batch_reals(batch, "x");
  if (tokens != NULL) memset(out, 0, (size_t)simple->features * sizeof *out);
  for (int t = 1; t < batch->length; t++) {
    if (tokens != NULL) out[tokens[t * B + b] - UR__MARKS] += 1.0 / (batch->length - 1);
    for (int i = 0; tokens == NULL && i < width; i++) *out++ = (double)reals[(t * B + b) * width + i];
  }
}

static int class_of(const ur__simple *simple, const ur__batch *batch, int b) {
  const float *y = ur__batch_reals(batch, "y") + b * simple->classes;
  int class = 0;
  while (class + 1 < simple->classes && y[class] == 0) class ++;
  return class;
}

static ur_status room_for(const ur__task *task, ur__batch *batch) {
  return ur__batch_room(task->arrays, UR__UNSEEN, ur__other_length(task), 0, batch);
}

ur_status ur__simple_fit(const ur__examples *examples, ur__simple *out) {
  const ur__task *task = examples->task;
  int counts[UR__SIMPLE_CLASSES] = {0};
  double features[UR__SIMPLE_FEATURES];
  ur__batch batch;
  memset(out, 0, sizeof *out);
  out->task = task;
  if (!ur__has_others(task))
    return ur_fail(UR_E_NAME, "task", "there is no simple way for %s; take protein, digits or days",
                   task->name);
  if (task->right != UR__RIGHT_CLASS) return UR_OK;
  out->classes = task->arrays[1].width;
  out->features = task->arrays[0].real ? UR__DIGIT_POINTS : (int)strlen(UR__RESIDUES);
  const ur_status status = room_for(task, &batch);
  if (status != UR_OK) return status;
  for (uint64_t first = 0; first < UR__SIMPLE_TRAINED; first += UR__UNSEEN) {
    ur__examples_fill(examples, 0, first, &batch);
    for (int b = 0; b < UR__UNSEEN; b++) {
      const int class = class_of(out, &batch, b);
      double *mean = out->means + class * out->features;
      features_of(out, &batch, b, features);
      counts[class]++;
      for (int i = 0; i < out->features; i++) mean[i] += (features[i] - mean[i]) / counts[class];
    }
  }
  ur__batch_free(&batch);
  return UR_OK;
}

int ur__simple_answer(const ur__simple *simple, const ur__batch *batch, int b, double said[UR__SIMPLE_WAYS],
                      double distances[UR__SIMPLE_CLASSES]) {
  double features[UR__SIMPLE_FEATURES], least = INFINITY;
  const float *x = ur__batch_reals(batch, "x");
  if (simple->classes == 0) {
    const int last = batch->length - 1, week = last > 6 ? last - 6 : 1; /* of fewer days the first */
    said[UR__SIMPLE_YESTERDAY] = (double)x[last * batch->count + b];
    said[UR__SIMPLE_WEEK] = (double)x[week * batch->count + b];
    return UR__SIMPLE_WAYS;
  }
  features_of(simple, batch, b, features);
  for (int c = 0; c < simple->classes; c++) {
    const double *mean = simple->means + c * simple->features;
    double distance = 0;
    for (int i = 0; i < simple->features; i++) distance += (features[i] - mean[i]) * (features[i] - mean[i]);
    if (distances != NULL) distances[c] = distance;
    if (distance < least) least = distance, *said = c;
  }
  return 1;
}

ur_status ur__simple_errors(const ur__examples *examples, const ur__simple *simple,
                            double errors[UR__SIMPLE_WAYS]) {
  ur__batch batch;
  double said[UR__SIMPLE_WAYS], sums[UR__SIMPLE_WAYS] = {0};
  int ways = 0;
  const ur_status status = room_for(simple->task, &batch);
  if (status != UR_OK) return status;
  ur__examples_fill(examples, 1, 0, &batch);
  for (int b = 0; b < UR__UNSEEN; b++) {
    ways = ur__simple_answer(simple, &batch, b, said, NULL);
    for (int w = 0; w < ways; w++) {
      const double off = said[w] - (double)ur__batch_reals(&batch, "y")[b];
      sums[w] += simple->classes > 0 ? said[w] != class_of(simple, &batch, b) : off * off;
    }
  }
  for (int w = 0; w < ways; w++)
    errors[w] = simple->classes > 0 ? sums[w] / UR__UNSEEN : sqrt(sums[w] / UR__UNSEEN);
  ur__batch_free(&batch);
  return UR_OK;
}

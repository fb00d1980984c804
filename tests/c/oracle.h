/* tests/c/oracle.h: reading the fixtures of tests/oracle, and comparing with them. */
#ifndef UNROLL_TESTS_ORACLE_H
#define UNROLL_TESTS_ORACLE_H

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "kernels.h"
#include "safetensors.h"
#include "unroll/graph.h"

#define TOLERANCE 1e-5 /* of each tensor's norm */

static inline uint8_t *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  *size = (size_t)ftell(file);
  rewind(file);
  uint8_t *bytes = malloc(*size + 1);
  if (bytes && fread(bytes, 1, *size, file) != *size) *size = 0;
  fclose(file);
  return bytes;
}

/* The numbers of a tensor of the fixture, to be freed; NULL where there is none. */
static inline float *numbers(const ur__safetensors *file, const char *prefix, const char *name,
                             size_t *count) {
  char full[64];
  *count = 0;
  snprintf(full, sizeof full, "%s%s", prefix, name);
  const ur__stored *tensor = ur__safetensors_find(file, full);
  if (!CHECK(tensor != NULL && tensor->dtype == UR__F32)) return NULL;
  float *copy = malloc(tensor->size + 1);
  memcpy(copy, tensor->data, tensor->size);
  *count = tensor->size / sizeof(float);
  return copy;
}

/* The file of a fixture, its bytes to be freed; NULL after a failed check. */
static inline uint8_t *open_oracle(const char *name, ur__safetensors *file) {
  char path[512];
  size_t size = 0;
  snprintf(path, sizeof path, "%s/tests/oracle/%s.safetensors", UNROLL_ROOT, name);
  uint8_t *bytes = read_file(path, &size);
  if (!CHECK(bytes != NULL)) return NULL;
  if (CHECK(ur__safetensors_read((ur_bytes){bytes, size}, file) == UR_OK)) return bytes;
  free(bytes);
  return NULL;
}

static inline void check_norm(const char *what, const float *ours, const float *theirs, size_t count) {
  double error = 0, norm = 0;
  for (size_t i = 0; i < count; i++) {
    double d = (double)ours[i] - theirs[i];
    error += d * d, norm += (double)theirs[i] * theirs[i];
  }
  if (!CHECK(sqrt(error) <= TOLERANCE * sqrt(norm)))
    printf("       %s: off by %.3g of its norm %.6g\n", what, sqrt(error / norm), sqrt(norm));
}

static inline int param_node(const ur_tape *tape, int param) {
  for (int id = 0; id < ur_tape_count(tape); id++)
    if (ur_tape_node(tape, id).param == param) return id;
  return UR_NODE_NONE;
}

/* Parameters from the fixture's tensors of the same names. */
static inline void load_params(const ur__safetensors *file, ur_params *params) {
  for (int i = 0; i < ur_params_count(params); i++) {
    ur_param_view view = ur_params_view(params, i);
    size_t count;
    float *values = numbers(file, "", view.name, &count);
    if (CHECK(values && count == view.size))
      memcpy(ur_params_data(params) + view.offset, values, count * sizeof *values);
    free(values);
  }
}

/* A bias of all keys moves every score of a row alike, and so no weight: its gradient is rounding and nothing
 * else, and so is the direction in which Adam moves it. */
static inline int has_gradient(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot == NULL || strcmp(dot, ".b_k") != 0;
}

/* After a forward and a backward run. */
static inline void check_gradients(const ur__safetensors *file, const ur_params *params, ur_tape *tape) {
  for (int i = 0; i < ur_params_count(params); i++) {
    size_t count;
    const char *name = ur_params_view(params, i).name;
    if (!has_gradient(name)) continue;
    float *theirs = numbers(file, "grad.", name, &count);
    const float *ours = (const float *)ur_tape_param_grads(tape) + ur_params_view(params, i).offset;
    if (theirs) check_norm(name, ours, theirs, count);
    free(theirs);
  }
}

/* The fixture's updates of Adam, or with a decay of AdamW: losses, norms of the gradient, and the parameters
 * after the last. */
static inline void check_adam(const ur__safetensors *file, ur_params *params, ur_tape *tape, int loss_node) {
  size_t count;
  const char *rate = ur__safetensors_meta(file, "rate"), *clip = ur__safetensors_meta(file, "clip");
  const char *decay = ur__safetensors_meta(file, "decay");
  const size_t size = ur_params_size(params);
  float *theta = ur_params_data(params), *grad = calloc(size, sizeof *grad);
  float *m = calloc(size, sizeof *m), *v = calloc(size, sizeof *v);
  size_t steps;
  float *losses = numbers(file, "adam.", "losses", &steps), *norms = numbers(file, "adam.", "norms", &steps);
  CHECK(steps == 10);
  for (size_t t = 1; t <= steps; t++) {
    CHECK(ur_tape_forward(tape) == UR_OK && ur_tape_backward(tape) == UR_OK);
    check_norm("loss of an update", ur_tape_value(tape, loss_node), losses + t - 1, 1);
    memcpy(grad, ur_tape_param_grads(tape), size * sizeof *grad);
    float norm = sqrtf(ur__f32_sum_squares(grad, size)), limit = strtof(clip, NULL);
    check_norm("gradient norm", &norm, norms + t - 1, 1);
    if (norm > limit) ur__f32_scale(grad, grad, limit / norm, size);
    if (decay) ur__f32_scale(theta, theta, (float)(1 - strtod(rate, NULL) * strtod(decay, NULL)), size);
    ur__f32_adam(theta, m, v, grad, size, strtof(rate, NULL), 0.9f, 0.999f, 1e-8f,
                 (float)(1 / (1 - pow(0.9, (double)t))), (float)(1 / (1 - pow(0.999, (double)t))));
  }
  for (int i = 0; i < ur_params_count(params); i++) {
    ur_param_view view = ur_params_view(params, i);
    if (!has_gradient(view.name)) continue;
    float *theirs = numbers(file, "adam.", view.name, &count);
    if (theirs) check_norm(view.name, theta + view.offset, theirs, count);
    free(theirs);
  }
  free(losses), free(norms), free(grad), free(m), free(v);
}

#endif

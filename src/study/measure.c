#include "measure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "reading.h"

struct ur_measure {
  ur_trainer *trainer;
  ur_tape *tape;
  ur__batch reading;
  int layers;
  float *terms;  /* of the last call, grown as needed */
  double *norms; /* [length] */
};

static double norm_of(const float *a, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum += (double)a[i] * a[i];
  return sqrt(sum);
}

static size_t cells_of(const ur_node_view *node) {
  size_t cells = 1;
  for (int d = 0; d < node->rank; d++) cells *= (size_t)node->shape[d];
  return cells;
}

double ur__gradient_size(ur_tape *tape, int id) {
  const float *grad = ur_tape_grad(tape, id);
  const ur_node_view node = ur_tape_node(tape, id);
  return grad != NULL ? norm_of(grad, cells_of(&node)) : -1;
}

int ur__step_node(const ur_tape *tape, int t, int layers, int layer, const char *name) {
  char path[64];
  if (layers > 1)
    snprintf(path, sizeof path, "rnn.%d.layer%d.%s", t, layer, name);
  else
    snprintf(path, sizeof path, "rnn.%d.%s", t, name);
  return ur_tape_find(tape, path);
}

void ur__through_time(ur_tape *tape, int t, int layers, int layer, double *h, double *c) {
  for (int i = 1; i <= t; i++) {
    h[i - 1] = ur__gradient_size(tape, ur__step_node(tape, i, layers, layer, "h"));
    if (c != NULL) c[i - 1] = ur__gradient_size(tape, ur__step_node(tape, i, layers, layer, "c"));
  }
}

/* A node called `name` of step t, or the only one where there is one answer. */
static int output_node(const ur_measure *measure, int t, const char *name) {
  if (ur__answers_once(measure->trainer->model)) return ur_tape_find(measure->tape, name);
  const int id = ur__step_node(measure->tape, t, 1, 1, name);
  if (id != UR_NODE_NONE) return id;
  char path[64]; /* a model without a state: window.3.J */
  snprintf(path, sizeof path, "window.%d.%s", t, name);
  return ur_tape_find(measure->tape, path);
}

static ur_status build(ur_measure *measure, const char *text) {
  ur_trainer *trainer = measure->trainer;
  if (ur__reads_source(trainer->model))
    return ur_fail(
        UR_E_STATE, "",
        "%s reads a source and writes with another net, so no one line of steps is there to measure along; "
        "its gradients are in its walk (unroll trace --backward)",
        trainer->model->name);
  ur_status status = ur__reading_of(trainer, text, &measure->reading);
  if (status == UR_OK) status = ur__reading_unroll(trainer, &measure->reading, UR__MEASURED, &measure->tape);
  if (status == UR_OK && !ur__answers_once(trainer->model) && output_node(measure, 1, "J") == UR_NODE_NONE)
    status =
        ur_fail(UR_E_STATE, "", "%s has the losses of all steps in one node; its gradients are in its walk",
                trainer->model->name);
  if (status != UR_OK) return status;
  const int layers = (int)ur_setting_get(&trainer->settings, "num_layers");
  measure->layers = layers;
  measure->norms = ur__alloc_array((size_t)measure->reading.length, sizeof *measure->norms);
  return measure->norms != NULL ? UR_OK
                                : ur_fail(UR_E_MEMORY, "", "there is no memory left to measure gradients");
}

ur_status ur_measure_create(ur_trainer *trainer, const char *text, ur_measure **out) {
  *out = NULL;
  ur_measure *measure = ur__alloc(sizeof *measure);
  if (measure == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to measure gradients");
  measure->trainer = trainer;
  const ur_status status = build(measure, text);
  if (status == UR_OK)
    *out = measure;
  else
    ur_measure_free(measure);
  return status;
}

void ur_measure_free(ur_measure *measure) {
  if (measure == NULL) return;
  ur_tape_free(measure->tape);
  ur__batch_free(&measure->reading);
  ur__free(measure->terms);
  ur__free(measure->norms);
  ur__free(measure);
}

int ur_measure_length(const ur_measure *measure) { return measure->reading.length; }
int ur_measure_layers(const ur_measure *measure) { return measure->layers; }

static ur_status check_step(const ur_measure *measure, int t) {
  const int length = ur_measure_length(measure),
            lowest = ur__answers_once(measure->trainer->model) ? length : 1;
  if (t >= lowest && t <= length) return UR_OK;
  return ur_fail(UR_E_ARGUMENT, "", "there is a loss at steps %d to %d, not at %d", lowest, length, t);
}

/* Forwards with the parameters and the gates as they are now, backwards from one node. */
static ur_status run(ur_measure *measure, int id, size_t cell) {
  ur__net_hold(&measure->trainer->settings, measure->tape);
  const ur_status status = ur_tape_forward(measure->tape);
  return status == UR_OK ? ur_tape_backward_from(measure->tape, id, cell) : status;
}

static ur_status run_from_loss(ur_measure *measure, int t) {
  const ur_status status = check_step(measure, t);
  const char *name = ur__answers_once(measure->trainer->model) ? "J_t" : "J";
  return status == UR_OK ? run(measure, output_node(measure, t, name), UR_ALL_CELLS) : status;
}

ur_status ur_measure_through_time(ur_measure *measure, int t, int layer, double *h, double *c) {
  if (layer < 1 || layer > measure->layers)
    return ur_fail(UR_E_ARGUMENT, "", "the model has %d recurrent layers; there is no layer %d",
                   measure->layers, layer);
  const ur_status status = run_from_loss(measure, t);
  if (status == UR_OK) ur__through_time(measure->tape, t, measure->layers, layer, h, c);
  return status;
}

/* Adds what flows into the parameter's node from each step; UR_E_STATE where one has no time. */
static ur_status collect(ur_measure *measure, int param_node, size_t size) {
  ur_tape *tape = measure->tape;
  for (int id = 0; id < ur_tape_count(tape); id++) {
    const ur_node_view node = ur_tape_node(tape, id);
    for (int k = 0; k < node.n_inputs; k++) {
      const float *edge = ur_tape_edge(tape, id, k);
      if (node.inputs[k] != param_node || edge == NULL) continue;
      if (node.time < 1 || node.time > ur_measure_length(measure))
        return ur_fail(UR_E_STATE, node.path, "%s is used once for all steps; there are no terms", node.path);
      float *term = measure->terms + (size_t)(node.time - 1) * size;
      for (size_t i = 0; i < size; i++) term[i] += edge[i];
    }
  }
  return UR_OK;
}

ur_status ur_measure_terms(ur_measure *measure, int t, const char *param, ur_terms *out) {
  ur_params *params = measure->trainer->net.params;
  const int steps = ur_measure_length(measure), node = ur_tape_find(measure->tape, param);
  const int number = node == UR_NODE_NONE ? -1 : ur_tape_node(measure->tape, node).param;
  if (number < 0) return ur_fail(UR_E_NAME, param, "the model has no parameter %.60s", param);
  ur_status status = run_from_loss(measure, t);
  if (status != UR_OK) return status;
  const size_t size = ur_params_view(params, number).size;
  ur__free(measure->terms);
  measure->terms = ur__alloc_array((size_t)steps * size, sizeof *measure->terms);
  if (measure->terms == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d terms", steps);
  status = collect(measure, node, size);
  for (int i = 0; i < t; i++) measure->norms[i] = norm_of(measure->terms + (size_t)i * size, size);
  *out = (ur_terms){t, size, measure->terms, ur_tape_grad(measure->tape, node), measure->norms};
  return status;
}

ur_status ur_measure_saliency(ur_measure *measure, int t, int token, double *sizes) {
  const int number = measure->trainer->net.io.numbers > 0;
  if (measure->trainer->net.io.features > 0)
    return ur_fail(UR_E_STATE, "", "the inputs of this task are numbers; they have no vector to ask about");
  if (!number && (token < 0 || token >= measure->trainer->corpus.vocabulary_size))
    return ur_fail(UR_E_ARGUMENT, "", "there is no token %d", token);
  ur_status status = check_step(measure, t);
  if (status == UR_OK)
    status = run(measure, output_node(measure, t, number ? "y_hat" : "logits"), number ? 0 : (size_t)token);
  for (int i = 1; i <= t && status == UR_OK; i++) {
    const int e = ur__step_node(measure->tape, i, 1, 1, "e");
    sizes[i - 1] = e != UR_NODE_NONE ? ur__gradient_size(measure->tape, e) : 0;
  }
  return status;
}

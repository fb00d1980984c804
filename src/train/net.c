#include "net.h"

#include <string.h>

#include "alloc.h"
#include "kernels.h"
#include "start.h"
#include "unroll/layers.h"

/* More than a training batch often is, so that short sequences are evaluated in large products. */
#define EVALUATION_BATCH 64

int ur__net_hold(const ur_settings *settings, ur_tape *tape) {
  int changed = 0;
  for (int i = 0; i < settings->count && tape != NULL; i++) {
    const char *key = settings->rows[i]->key;
    if (strncmp(key, "hold_", 5) == 0) changed |= ur_tape_hold(tape, key[5], settings->values[i]);
  }
  return changed;
}

static void feed_reals(ur_tape *tape, const ur_node_view *node, const float *from, size_t cells) {
  float *value = ur_tape_value(tape, node->id);
  double *wide = ur_tape_value(tape, node->id);
  for (size_t i = 0; i < cells; i++) {
    if (node->dtype == UR_F64)
      wide[i] = from[i];
    else
      value[i] = from[i];
  }
}

/* Inputs with the name of a parameter hold its numbers. */
static void lend(ur_params *params, ur_tape *tape) {
  for (int id = 0; id < ur_tape_count(tape); id++) {
    const ur_node_view node = ur_tape_node(tape, id);
    for (int p = 0; p < ur_params_count(params) && node.role == UR_INPUT; p++) {
      const ur_param_view view = ur_params_view(params, p);
      if (strcmp(view.name, node.name) == 0)
        feed_reals(tape, &node, ur_params_data(params) + view.offset, view.size);
    }
  }
}

int ur__model_keeps(const ur_settings *settings) {
  const ur__model *model = ur__model_find(settings->model);
  return model->keeps != NULL && model->keeps(ur__model_values(settings));
}

/* How many tokens the model sees at once; 0 where it is given one by one. */
static int window_of(const ur_settings *settings) {
  const ur__model *model = ur__model_find(settings->model);
  return model->window != NULL ? model->window(ur__model_values(settings)) : 0;
}

ur_status ur__net_tape(const ur_settings *settings, ur_params *params, ur__lowering lowering,
                       const ur_tape_options *options, ur_tape **out) {
  const ur__model *model = ur__model_find(settings->model);
  const ur__io io = ur__io_of(ur__task_find(settings->task), 0);
  const int longest = options->length > options->source ? options->length : options->source;
  *out = NULL;
  if ((lowering == UR__UNROLLED || lowering == UR__MEASURED) && longest > UR_STEPS_MAX)
    return ur_fail(UR_E_TEXT, "", "a graph of %d steps is too long to be unrolled; give at most %d", longest,
                   UR_STEPS_MAX);
  const int window = window_of(settings);
  if (window > 0 && (ur__reads_source(model) ? longest : options->length) > window)
    return ur_fail(UR_E_TEXT, "context_size",
                   "%d tokens are to be seen at once, but context_size is %d; make it larger, or shorten the "
                   "text",
                   ur__reads_source(model) ? longest : options->length, window);
  ur_status status = ur_tape_create(options, params, out);
  if (status != UR_OK) return status;
  model->build(ur__model_values(settings), &io, lowering, options, *out);
  status = ur_tape_finish(*out);
  if (status == UR_OK) {
    lend(params, *out);
    ur__net_hold(settings, *out);
    return UR_OK;
  }
  ur_tape_free(*out);
  *out = NULL;
  return status;
}

static ur_status allocate(ur__net *net, const ur__array *arrays, int length, int source) {
  net->size = ur_params_size(net->params);
  const ur_status status = ur__batch_room(arrays, net->capacity, length, source, &net->room);
  if (status != UR_OK) return status;
  net->first = ur__alloc_array(net->size, 5 * sizeof *net->first);
  if (net->first == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to train %zu parameters: it takes %zu bytes",
                   net->size, 5 * net->size * sizeof *net->first);
  if (net->window > 0) net->read = ur__alloc_array((size_t)net->window, sizeof *net->read);
  if (net->window > 0 && net->read == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d tokens", net->window);
  net->second = net->first + net->size;
  net->backup = net->second + net->size;
  return UR_OK;
}

static ur_status build_trained(ur__net *net, const ur_settings *settings, int batch, int length, int source) {
  ur_tape_options options = {
      .dtype = UR_F32, .batch = batch, .length = length, .source = source, .gradients = 1};
  const ur_status status = ur__net_tape(settings, net->params, UR__FUSED, &options, &net->train);
  if (status != UR_OK) return status;
  net->grads = ur_tape_param_grads(net->train);
  options.batch = net->capacity;
  options.gradients = 0;
  return ur__net_tape(settings, net->params, UR__FUSED, &options, &net->evaluate);
}

static void throw_weights(const ur__net *net, const ur_settings *settings, const ur__corpus *corpus) {
  const char *words[UR__VOCABULARY_MAX];
  for (int i = 0; i < corpus->vocabulary_size; i++) words[i] = corpus->texts[i];
  net->model->start(ur__model_values(settings), settings->seed, words, corpus->vocabulary_size, net->params);
}

/* All graphs, over parameters that are there. */
static ur_status build(ur__net *net, const ur_settings *settings, const ur__corpus *corpus, int batch) {
  const ur__task *task = ur__task_find(settings->task);
  const int makes = ur__makes_examples(task), reads = ur__reads_source(net->model);
  const int once = ur__answers_once(net->model), length = corpus->longest + !once;
  const int source = ur__batch_reads_source(task->arrays) ? corpus->longest : 0;
  ur_status status = UR_OK;
  net->keeps = ur__model_keeps(settings);
  if (corpus->sequences > 0 || makes) status = build_trained(net, settings, batch, length, source);
  const ur_tape_options next = {.dtype = UR_F32,
                                .batch = reads ? net->capacity : 1,
                                .length = once              ? length
                                          : net->window > 0 ? net->window
                                          : net->grows > 0  ? net->grows
                                                            : 1,
                                .source = net->window > 0 ? net->window : source},
                        all = {.dtype = UR_F32, .batch = net->capacity, .length = length, .source = source};
  if (status == UR_OK) status = ur__net_tape(settings, net->params, UR__NEXT, &next, &net->next);
  if (status == UR_OK && reads) status = ur__net_tape(settings, net->params, UR__ENCODE, &all, &net->encode);
  return status;
}

static ur_status declare(const ur__net *net, const ur_settings *settings, ur_params **out) {
  ur_rng stream = ur_rng_stream(settings->seed, "init", 0);
  const ur_status status = ur_params_create(out);
  if (status != UR_OK) return status;
  net->model->declare(ur__model_values(settings), &net->io, *out);
  return ur_params_finish(*out, &stream);
}

static ur_status create(ur__net *net, const ur_settings *settings, const ur__corpus *corpus, int batch) {
  const ur__task *task = ur__task_find(settings->task);
  net->model = ur__model_find(settings->model);
  const int once = ur__answers_once(net->model), length = corpus->longest + !once;
  const int source = ur__batch_reads_source(task->arrays) ? corpus->longest : 0;
  const int window = window_of(settings), most = UR__SEQUENCE_MAX + 1; /* no more is ever written */
  if (!once) *(source > 0 ? &net->grows : &net->window) = window < most ? window : most; /* or whole */
  net->dropout = ur_setting_get(settings, "dropout");
  net->io = ur__io_of(task, corpus->vocabulary_size);
  net->capacity = batch > EVALUATION_BATCH ? batch : EVALUATION_BATCH;
  ur_status status = declare(net, settings, &net->params);
  if (status == UR_OK) status = ur__start(settings, net->params);
  if (status == UR_OK && net->model->start != NULL) throw_weights(net, settings, corpus);
  if (status == UR_OK) status = allocate(net, task->arrays, length, source);
  return status == UR_OK ? build(net, settings, corpus, batch) : status;
}

static int same_parameters(const ur_params *one, const ur_params *other) {
  if (ur_params_count(one) != ur_params_count(other) || ur_params_size(one) != ur_params_size(other))
    return 0;
  for (int i = 0; i < ur_params_count(one); i++)
    if (strcmp(ur_params_view(one, i).name, ur_params_view(other, i).name) != 0) return 0;
  return 1;
}

ur_status ur__net_graphs(const ur__net *net, const ur_settings *settings, const ur__corpus *corpus, int batch,
                         ur__net *out) {
  ur_params *needed = NULL;
  *out = (ur__net){0};
  ur_status status = declare(net, settings, &needed);
  if (status == UR_OK && !same_parameters(net->params, needed))
    status = ur_fail(UR_E_SETTING, "", "other parameters would be needed; start a new run");
  ur_params_free(needed);
  if (status != UR_OK) return status;
  out->model = net->model, out->window = net->window, out->grows = net->grows, out->capacity = net->capacity;
  out->params = net->params;
  status = build(out, settings, corpus, batch);
  out->params = NULL;
  if (status != UR_OK) ur__net_free(out);
  return status;
}

void ur__net_adopt(ur__net *net, ur__net *graphs) {
  ur__net old = {.train = net->train, .evaluate = net->evaluate, .next = net->next, .encode = net->encode};
  net->train = graphs->train, net->evaluate = graphs->evaluate;
  net->next = graphs->next, net->encode = graphs->encode;
  net->grads = graphs->grads;
  net->keeps = graphs->keeps;
  net->seen = 0;
  ur__net_free(&old);
  *graphs = (ur__net){0};
}

ur_status ur__net_create(const ur_settings *settings, const ur__corpus *corpus, int batch, ur__net *out) {
  *out = (ur__net){0};
  const ur_status status = create(out, settings, corpus, batch);
  if (status != UR_OK) ur__net_free(out);
  return status;
}

void ur__net_free(ur__net *net) {
  ur_tape_free(net->next);
  ur_tape_free(net->encode);
  ur_tape_free(net->evaluate);
  ur_tape_free(net->train);
  ur_params_free(net->params);
  ur__batch_free(&net->room);
  ur__free(net->first);
  ur__free(net->read);
  *net = (ur__net){0};
}

/* The last `width` tokens up to step t (from 0), <start> before the first: a window as a model looks at it.
 */
static void feed_windows(const int32_t *x, int B, int first, int steps, int width, int32_t *out) {
  for (int t = first; t < first + steps; t++) {
    for (int b = 0; b < B; b++) {
      for (int at = t - (width - 1); at <= t; at++) *out++ = at < 0 ? UR__START : x[at * B + b];
    }
  }
}

/* An array of the batch: all of it, or in a node with a time what belongs to that step. */
static void feed_array(ur_tape *tape, const ur_node_view *node, const ur__batch *batch, int row) {
  const ur__array *array = &batch->arrays[row];
  const int one = node->time > 0, first = one ? node->time - 1 : 0;
  const int steps = node->of_source ? batch->source : batch->length;
  const size_t all = ur__array_cells(array, batch), cells = one ? all / (size_t)steps : all;
  const char last = node->rank > 0 ? node->axes[node->rank - 1] : 0;
  if (node->time > steps) return;
  if (array->real) {
    feed_reals(tape, node, (const float *)batch->cells[row] + (size_t)first * cells, cells);
    return;
  }
  const int32_t *from = batch->cells[row];
  if (last == 'W')
    feed_windows(from, batch->count, first, one ? 1 : steps, node->shape[node->rank - 1],
                 ur_tape_value(tape, node->id));
  else
    memcpy(ur_tape_value(tape, node->id), from + (size_t)first * cells, cells * sizeof *from);
}

/* ---- what is left out ---- */
static int is_drop(const ur_node_view *node) { return strncmp(node->name, "drop_", 5) == 0; }

static void drop_cells(ur_tape *tape, const ur_node_view *node, double share, ur_rng *stream) {
  float *value = ur_tape_value(tape, node->id);
  double *wide = ur_tape_value(tape, node->id);
  const float rest = (float)(1 / (1 - share));
  size_t cells = 1;
  for (int d = 0; d < node->rank; d++) cells *= (size_t)node->shape[d];
  for (size_t i = 0; i < cells; i++) {
    const float by = share > 0 && (double)ur_rng_uniform(stream) < share ? 0 : rest;
    if (node->dtype == UR_F64)
      wide[i] = by;
    else
      value[i] = by;
  }
}

void ur__net_drop(ur_tape *tape, double share, ur_rng *stream) {
  for (int id = 0; share > 0 && id < ur_tape_count(tape); id++) {
    const ur_node_view node = ur_tape_node(tape, id);
    if (node.role == UR_INPUT && is_drop(&node)) drop_cells(tape, &node, share, stream);
  }
}

/* What follows from the arrays: 0 where the input is none of these. */
static int feed_derived(ur_tape *tape, const ur_node_view *node, const ur__batch *batch) {
  const float predicted = (float)batch->predicted;
  int32_t *value = ur_tape_value(tape, node->id);
  if (strcmp(node->name, "count") == 0)
    feed_reals(tape, node, &predicted, 1);
  else if (strcmp(node->name, "lengths") == 0)
    memcpy(value, batch->lengths, (size_t)batch->count * sizeof *value);
  else if (strcmp(node->name, "source_lengths") == 0)
    memcpy(value, batch->source_lengths, (size_t)batch->count * sizeof *value);
  else if (strcmp(node->name, "one") == 0)
    for (int b = 0; b < batch->count; b++) value[b] = 1;
  else if (is_drop(node))
    drop_cells(tape, node, 0, NULL);
  else if (strcmp(node->name, "place") == 0)
    for (int i = 0; i < batch->length * batch->count; i++) value[i] = batch->first_place + i / batch->count;
  else if (strcmp(node->name, "place_source") == 0)
    for (int i = 0; i < batch->source * batch->count; i++) value[i] = i / batch->count;
  else
    return 0;
  return 1;
}

ur_status ur__net_feed(ur_tape *tape, const ur__batch *batch) {
  ur_status status = ur_tape_resize(tape, batch->count, batch->length);
  if (status == UR_OK) status = ur_tape_resize_source(tape, batch->source);
  if (status != UR_OK) return status;
  for (int id = 0; id < ur_tape_count(tape); id++) {
    const ur_node_view node = ur_tape_node(tape, id);
    if (node.role != UR_INPUT || feed_derived(tape, &node, batch)) continue;
    const int row = ur__array_find(batch->arrays, node.name);
    if (row >= 0) feed_array(tape, &node, batch, row);
  }
  return UR_OK;
}

static int finite(const float *values, size_t n) { return ur__f32_first_bad(values, n) == n; }

static ur_status bad_graph(const ur__net *net, const char *what) {
  size_t cell = 0;
  const int id = ur_tape_first_bad(net->train, &cell);
  if (id == UR_NODE_NONE)
    return ur_fail(UR_E_NUMBER, "J", "%s is too large for a float; lower the learning rate", what);
  const ur_node_view node = ur_tape_node(net->train, id);
  return ur_fail(UR_E_NUMBER, node.path,
                 "%s is not a finite number, first in %.60s, cell %zu; lower the learning rate", what,
                 node.path, cell + 1);
}

/* Loss and gradients of these sequences, and the norm of the gradients. */
static ur_status differentiate(ur__net *net, const ur__batch *batch, ur__net_report *out) {
  ur_status status = ur__net_feed(net->train, batch);
  if (status == UR_OK) ur__net_drop(net->train, net->dropout, &net->dropping);
  if (status == UR_OK) status = ur_tape_forward(net->train);
  if (status != UR_OK) return status;
  const float loss = *(const float *)ur_tape_value(net->train, ur_tape_find(net->train, "J"));
  if (!finite(&loss, 1)) return bad_graph(net, "the loss");
  status = ur_tape_backward(net->train);
  if (status != UR_OK) return status;
  if (!finite(net->grads, net->size)) return bad_graph(net, "the gradient");
  const float norm = ur__grad_norm(net->grads, net->size);
  if (!finite(&norm, 1)) return bad_graph(net, "the norm of the gradient");
  *out = (ur__net_report){.loss = loss, .grad_norm = norm, .tokens = batch->predicted};
  return UR_OK;
}

/* The first cell after an update that is not finite, among parameters and moments alike; n for none. */
static size_t first_bad(const ur__slot *slot) {
  const float *const arrays[] = {slot->theta, slot->first, slot->second};
  for (int i = 0; i < 3; i++) {
    const size_t bad = ur__f32_first_bad(arrays[i], slot->n);
    if (bad < slot->n) return bad;
  }
  return slot->n;
}

static const char *param_at(const ur_params *params, size_t cell) {
  int i = 0;
  while (i + 1 < ur_params_count(params) && ur_params_view(params, i + 1).offset <= cell) i++;
  return ur_params_view(params, i).name;
}

/* Every parameter by the rule; all of it taken back where a result is not finite. */
static ur_status apply(ur__net *net, const ur__rule *rule, float scale) {
  const ur__slot slot = {ur_params_data(net->params), net->first, net->second, net->size};
  const size_t bytes = net->size * sizeof(float);
  memcpy(net->backup, slot.theta, bytes);
  memcpy(net->backup + net->size, net->first, 2 * bytes);
  if (scale != 1) ur__f32_scale(net->grads, net->grads, scale, net->size);
  ur__rule_apply(rule, &slot, net->grads);
  const size_t bad = first_bad(&slot);
  if (bad == net->size) return UR_OK;
  memcpy(slot.theta, net->backup, bytes);
  memcpy(net->first, net->backup + net->size, 2 * bytes);
  const char *name = param_at(net->params, bad);
  return ur_fail(UR_E_NUMBER, name, "the update of %.60s is too large for a float; lower the learning rate",
                 name);
}

ur_status ur__net_step(ur__net *net, const ur__batch *batch, const ur__rule *rule, double clip_norm,
                       ur__net_report *out) {
  const ur_status status = differentiate(net, batch, out);
  return status == UR_OK ? apply(net, rule, ur__clip_scale((float)out->grad_norm, clip_norm)) : status;
}

int ur__net_largest(const float *values, int n) {
  int at = 0;
  for (int i = 1; i < n; i++) at = values[i] > values[at] ? i : at;
  return at;
}

ur_status ur__net_evaluate(ur__net *net, const ur__batch *batch, double *sum) {
  ur_tape *tape = net->evaluate;
  ur_status status = ur__net_feed(tape, batch);
  if (status == UR_OK) status = ur_tape_forward(tape);
  if (status != UR_OK) return status;
  const float *losses = ur_tape_value(tape, ur_tape_find(tape, "J_t"));
  const int steps = ur__answers_once(net->model) ? 1 : batch->length;
  for (int b = 0; b < batch->count; b++) {
    for (int t = 0; t < steps; t++) *sum += losses[t * batch->count + b];
  }
  return UR_OK;
}

const float *ur__net_logits(ur__net *net) {
  return ur_tape_value(net->evaluate, ur_tape_find(net->evaluate, "logits"));
}

/* ---- token by token ---- */

void ur__net_begin(ur__net *net) {
  net->seen = 0;
  if (net->window > 0) return;
  if (net->io.features > 0) {
    ur_tape_carry_none(net->next);
    return;
  }
  const int x = ur_tape_find(net->next, "x");
  const ur_node_view node = ur_tape_node(net->next, x);
  const int width = node.axes[node.rank - 1] == 'W' ? node.shape[node.rank - 1] : 1;
  int32_t *seen = ur_tape_value(net->next, x);
  for (int w = 0; w < width; w++) seen[w] = UR__START;
  ur_tape_carry_none(net->next);
}

/* All that was pushed, or the last `window` of it, counted from its first. Where one drops out, every other
 * has another place and has seen less, so that nothing that was kept is still so. */
static ur_status push_window(ur__net *net, int32_t token) {
  ur_tape *tape = net->next;
  int32_t *x = ur_tape_value(tape, ur_tape_find(tape, "x")),
          *place = ur_tape_value(tape, ur_tape_find(tape, "place"));
  int first = net->keeps ? net->seen : 0;
  if (net->seen == net->window) {
    memmove(net->read, net->read + 1, (size_t)(--net->seen) * sizeof *net->read);
    first = 0;
  }
  net->read[net->seen++] = token;
  const int recent = net->seen - first;
  for (int t = 0; t < recent; t++) x[t] = net->read[first + t];
  for (int t = 0; t < recent && place != NULL; t++) place[t] = first + t;
  *(int32_t *)ur_tape_value(tape, ur_tape_find(tape, "lengths")) = recent;
  ur_status status = ur_tape_resize(tape, 1, recent);
  if (status == UR_OK) status = ur_tape_resize_source(tape, net->seen);
  return status == UR_OK ? ur_tape_forward(tape) : status;
}

ur_status ur__net_push(ur__net *net, int32_t token) {
  if (net->window > 0) return push_window(net, token);
  const int x = ur_tape_find(net->next, "x");
  const ur_node_view node = ur_tape_node(net->next, x);
  const int width = node.axes[node.rank - 1] == 'W' ? node.shape[node.rank - 1] : 1;
  int32_t *seen = ur_tape_value(net->next, x);
  memmove(seen, seen + 1, (size_t)(width - 1) * sizeof *seen);
  seen[width - 1] = token;
  const ur_status status = ur_tape_forward(net->next);
  if (status == UR_OK) ur_tape_carry_on(net->next);
  return status;
}

ur_status ur__net_push_numbers(ur__net *net, const float *numbers) {
  float *e = ur_tape_value(net->next, ur_tape_find(net->next, "e"));
  memcpy(e, numbers, (size_t)net->io.features * sizeof *e);
  const ur_status status = ur_tape_forward(net->next);
  if (status == UR_OK) ur_tape_carry_on(net->next);
  return status;
}

/* What is said is made of it. */
static ur_node_view state_of(const ur__net *net) {
  const ur_node_view y_hat = ur_tape_node(net->next, ur_tape_find(net->next, "y_hat"));
  const ur_node_view product = ur_tape_node(net->next, y_hat.inputs[0]);
  return ur_tape_node(net->next, product.inputs[0]);
}

int ur__net_state_size(const ur__net *net) {
  const ur_node_view h = state_of(net);
  return h.shape[h.rank - 1];
}

void ur__net_state(ur__net *net, float *h) {
  const ur_node_view state = state_of(net);
  memcpy(h, ur_tape_value(net->next, state.id), (size_t)state.shape[state.rank - 1] * sizeof *h);
}

ur_status ur__net_answer(ur__net *net, const ur__batch *batch) {
  const ur_status status = ur__net_feed(net->next, batch);
  return status == UR_OK ? ur_tape_forward(net->next) : status;
}

const float *ur__net_probabilities(ur__net *net) {
  return ur_tape_value(net->next, ur_tape_find(net->next, "y_hat"));
}

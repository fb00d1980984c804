/* Weights of ours under PyTorch's names. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "json.h"
#include "pytorch.h"

#define NAMES UR__TENSORS_MAX
#define METAS 12

typedef struct writing {
  ur_trainer *trainer;
  ur_buffer text;                        /* names, keys and values, each with its NUL */
  size_t names[NAMES], pairs[2 * METAS]; /* where each begins in text, which moves while it grows */
  ur__stored tensors[NAMES];
  float *made[UR_LAYERS_MAX * 2]; /* biases that no parameter holds */
  int tensor_count, pair_count, made_count;
} writing;

static int setting(const writing *w, const char *key) {
  return (int)ur_setting_get(&w->trainer->settings, key);
}

/* ---- metadata ---- */
static void begin_pair(writing *w, const char *key) {
  w->pairs[2 * w->pair_count] = w->text.size;
  ur_buffer_append(&w->text, key, strlen(key) + 1);
  w->pairs[2 * w->pair_count++ + 1] = w->text.size;
}
static void write_pair(writing *w, const char *key, const char *value) {
  begin_pair(w, key);
  ur_buffer_append(&w->text, value, strlen(value) + 1);
}
static void write_whole(writing *w, const char *key, int value) {
  char text[16];
  snprintf(text, sizeof text, "%d", value);
  write_pair(w, key, text);
}

static const char *cell_of(const writing *w) {
  static const char *const cells[] = {"rnn", "lstm", "gru"};
  const ur__model *model = w->trainer->model;
  if (model == &ur__classifier || model == &ur__forecaster || ur__reads_source(model))
    return cells[setting(w, "cell")];
  return model == &ur__rnn_lm    ? "rnn"
         : model == &ur__lstm_lm ? "lstm"
         : model == &ur__gru_lm  ? "gru"
                                 : "window";
}

/* All that a file of ours says, so that this one becomes one again. */
static void write_all_settings(writing *w) {
  const ur_trainer *trainer = w->trainer;
  write_pair(w, "kind", "weights");
  begin_pair(w, "seed");
  ur_buffer_print(&w->text, "%" PRIu64, trainer->settings.seed);
  ur_buffer_append(&w->text, "", 1);
  begin_pair(w, "updates");
  ur_buffer_print(&w->text, "%" PRIu64, trainer->step);
  ur_buffer_append(&w->text, "", 1);
  begin_pair(w, "corpus");
  ur_buffer_print(&w->text, "%016" PRIx64, trainer->corpus.hash);
  ur_buffer_append(&w->text, "", 1);
  begin_pair(w, "settings");
  ur__saved_settings(&trainer->settings, &w->text);
  ur_buffer_append(&w->text, "", 1);
}

static void write_metadata(writing *w) {
  static const char *const activations[] = {"tanh", "sigmoid", "relu"};
  const ur_trainer *trainer = w->trainer;
  write_pair(w, "format", "pt");
  write_pair(w, "model", trainer->settings.model);
  write_pair(w, "task", trainer->settings.task);
  if (ur__torch_named(trainer->model)) {
    write_all_settings(w);
  } else {
    write_pair(w, "cell", cell_of(w));
    write_pair(w, "activation", activations[setting(w, "activation")]);
    write_whole(w, "window", setting(w, "window"));
  }
  if (ur__reads_source(trainer->model)) {
    static const char *const scores[] = {"none", "dot", "scaled", "general", "additive"};
    if (!ur__torch_named(trainer->model)) write_pair(w, "attention", scores[setting(w, "attention")]);
    write_pair(w, "tokens", trainer->corpus.words ? "words" : "characters");
  }
  begin_pair(w, "vocabulary");
  for (int i = 0; i < trainer->corpus.vocabulary_size; i++) {
    const char *token = trainer->corpus.texts[i];
    ur_buffer_print(&w->text, i == 0 ? "[" : ",");
    ur__json_string(&w->text, token, strlen(token));
  }
  ur_buffer_append(&w->text, "]", 2);
}

/* ---- tensors ---- */
static void write_tensor(writing *w, const char *name, const float *data, int rank, const int *shape) {
  ur__stored *tensor = &w->tensors[w->tensor_count];
  size_t size = sizeof *data;
  w->names[w->tensor_count++] = w->text.size;
  ur_buffer_append(&w->text, name, strlen(name) + 1);
  for (int d = 0; d < rank; d++) size *= (size_t)shape[d];
  *tensor = (ur__stored){.dtype = UR__F32, .rank = rank, .data = data, .size = size};
  for (int d = 0; d < rank; d++) tensor->shape[d] = (uint64_t)shape[d];
}

static void write_as(writing *w, const char *ours, const char *theirs) {
  ur_param_view view;
  const float *data = ur__torch_param(w->trainer->net.params, ours, &view);
  if (data != NULL) write_tensor(w, theirs, data, view.rank, view.shape);
}

/* PyTorch's second bias: b_n in the last third of a GRU's, zeros for all else. */
static ur_status write_second_bias(writing *w, const char *b_1, const char *b_n, const char *theirs) {
  ur_param_view view, inside;
  ur__torch_param(w->trainer->net.params, b_1, &view);
  float *made = ur__alloc_array(view.size, sizeof *made);
  if (made == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to write the weights");
  w->made[w->made_count++] = made;
  const float *n = ur__torch_param(w->trainer->net.params, b_n, &inside);
  if (n != NULL) memcpy(made + view.size - inside.size, n, inside.size * sizeof *n);
  write_tensor(w, theirs, made, view.rank, view.shape);
  return UR_OK;
}

/* scope: of our names, "encoder." or none; module: of theirs. */
static ur_status write_layer(writing *w, const char *scope, const char *module, int depth, int layer,
                             int back) {
  static const char *const pairs[][2] = {{"W_e", "weight_ih"}, {"W_h", "weight_hh"}, {"b_1", "bias_ih"}};
  char name[64], ours[80], b_n[80], theirs[64];
  for (int i = 0; i < 3; i++) {
    ur__torch_name(depth, layer, back, pairs[i][0], name);
    snprintf(ours, sizeof ours, "%s%s", scope, name);
    snprintf(theirs, sizeof theirs, "%s.%s_l%d%s", module, pairs[i][1], layer, back ? "_reverse" : "");
    write_as(w, ours, theirs);
  }
  ur__torch_name(depth, layer, back, "b_n", name);
  snprintf(b_n, sizeof b_n, "%s%s", scope, name);
  snprintf(theirs, sizeof theirs, "%s.bias_hh_l%d%s", module, layer, back ? "_reverse" : "");
  return write_second_bias(w, ours, b_n, theirs);
}

static ur_status write_layers(writing *w, const char *scope, const char *module, int directions) {
  const int depth = setting(w, "num_layers");
  ur_status status = UR_OK;
  for (int layer = 0; layer < depth; layer++)
    for (int back = 0; back < directions && status == UR_OK; back++)
      status = write_layer(w, scope, module, depth, layer, back);
  return status;
}

static ur_status write_coder(writing *w) {
  ur_param_view view;
  write_as(w, "E_source", "source_embedding.weight");
  ur_status status = write_layers(w, "encoder.", "encoder", setting(w, "directions"));
  if (status == UR_OK) status = write_layers(w, "decoder.", "decoder", 1);
  write_as(w, "W_a", "query.weight");
  write_as(w, "W_1", "keys.weight");
  write_as(w, "W_2", "query.weight");
  const float *v = ur__torch_param(w->trainer->net.params, "v", &view);
  if (v != NULL) write_tensor(w, "score.weight", v, 2, (int[]){1, view.shape[0]});
  return status;
}

static void write_named(writing *w) {
  const ur_trainer *trainer = w->trainer;
  char theirs[UR__TORCH_NAME];
  for (int i = 0; i < ur_params_count(trainer->net.params); i++) {
    const char *ours = ur_params_view(trainer->net.params, i).name;
    if (ur__torch_theirs(trainer->model, ours, theirs)) write_as(w, ours, theirs);
  }
}

static ur_status write_tensors(writing *w) {
  const ur__model *model = w->trainer->model;
  ur_status status = UR_OK;
  if (ur__torch_named(model)) {
    write_named(w);
    return UR_OK;
  }
  write_as(w, "E", "embedding.weight");
  if (model == &ur__window_lm) {
    write_as(w, "W", "hidden.weight");
    write_as(w, "b_1", "hidden.bias");
  } else if (ur__reads_source(model)) {
    status = write_coder(w);
  } else {
    status = write_layers(w, "", "rnn", model == &ur__classifier ? setting(w, "directions") : 1);
  }
  write_as(w, "U", "linear.weight");
  write_as(w, "b_2", "linear.bias");
  return status;
}

static ur_status check(const ur_trainer *trainer) {
  const ur_settings *settings = &trainer->settings;
  if (trainer->model->counting)
    return ur_fail(UR_E_STATE, "model",
                   "%s holds counts, which are no modules of PyTorch; train another model", settings->model);
  if (trainer->model == &ur__attention_only && ur_setting_get(settings, "alpha") == 1)
    return ur_fail(UR_E_STATE, "alpha", "alpha is held, which no module of PyTorch does; free it first");
  for (int i = 0; i < settings->count; i++)
    if (strncmp(settings->rows[i]->key, "hold_", 5) == 0 && settings->values[i] <= 1)
      return ur_fail(UR_E_STATE, settings->rows[i]->key,
                     "%s holds a gate, which PyTorch's layers cannot; free it first", settings->rows[i]->key);
  return UR_OK;
}

static ur_status write_file(writing *w, ur_buffer *out) {
  ur__pair pairs[METAS];
  const char *text = (const char *)w->text.data;
  if (w->text.failed) return ur_fail(UR_E_MEMORY, "", "there is no memory left to write the weights");
  for (int i = 0; i < w->pair_count; i++)
    pairs[i] = (ur__pair){text + w->pairs[2 * i], text + w->pairs[2 * i + 1]};
  for (int i = 0; i < w->tensor_count; i++) w->tensors[i].name = text + w->names[i];
  return ur__safetensors_write(&(ur__safetensors){.tensors = w->tensors,
                                                  .tensor_count = w->tensor_count,
                                                  .metadata = pairs,
                                                  .pair_count = w->pair_count},
                               out);
}

extern const ur_bytes ur__pytorch_program; /* made of pytorch_program.py */
ur_bytes ur_pytorch_program(void) { return ur__pytorch_program; }

ur_status ur_pytorch_write(ur_trainer *trainer, ur_buffer *out) {
  ur_status status = check(trainer);
  if (status != UR_OK) return status;
  writing *w = ur__alloc(sizeof *w);
  if (w == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to write the weights");
  w->trainer = trainer;
  write_metadata(w);
  status = write_tensors(w);
  if (status == UR_OK) status = write_file(w, out);
  for (int i = 0; i < w->made_count; i++) ur__free(w->made[i]);
  ur_buffer_free(&w->text);
  ur__free(w);
  return status;
}

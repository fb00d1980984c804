/* Weights of PyTorch as weights of ours. Its gates come in our order (i, f, g, o and r, z, n); its two biases
 * are one of ours where they are added to one another, which for the candidate of a GRU they are not. */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "json.h"
#include "kernels.h"
#include "pytorch.h"
#include "vocabulary.h"

/* The bias of a token that PyTorch's model never predicts: its probability, e^-60 of what a logit of 0 has,
 * is less than the last bit of any other. */
#define NEVER (-60.0F)

int ur_is_pytorch(ur_bytes file) {
  ur__safetensors read;
  if (ur__safetensors_read(file, &read) != UR_OK) return 0;
  const int others = ur__safetensors_meta(&read, "program") == NULL,
            named = ur__safetensors_meta(&read, "vocabulary") != NULL;
  ur__safetensors_free(&read);
  return others ? 1 + named : 0;
}

static const char *cell_name(ur_cell cell) {
  return cell == UR_CELL_RNN ? "rnn" : cell == UR_CELL_LSTM ? "lstm" : "gru";
}

ur_status ur_pytorch_describe(ur_bytes file, const char *model, ur_buffer *out) {
  ur__torch torch;
  ur_status status = ur__safetensors_read(file, &torch.file);
  if (status != UR_OK) return status;
  const ur__model *named = ur__torch_named_file(&torch.file);
  if (named != NULL) status = ur__torch_named_describe(&torch.file, named, out);
  ur__safetensors_free(&torch.file);
  if (named != NULL) return status;
  status = ur__torch_find(file, model, &torch);
  if (status != UR_OK) return status;
  ur_buffer_print(out,
                  "{\"model\":\"%s\",\"cell\":\"%s\",\"layers\":%d,\"directions\":%d,\"embedding_size\":%d,"
                  "\"hidden_size\":%d,\"symbols\":%d,\"vocabulary\":%s,\"activation\":%s,\"table\":",
                  torch.model->name, cell_name(torch.cell), torch.depth, torch.directions, torch.embedding,
                  torch.hidden, torch.symbols,
                  ur__safetensors_meta(&torch.file, "vocabulary") != NULL ? "true" : "false",
                  torch.cell == UR_CELL_RNN ? "true" : "false");
  const char *table = torch.table != NULL ? torch.table->name : "";
  ur__json_string(out, table, strlen(table));
  ur_buffer_print(out, "}");
  ur__torch_free(&torch);
  return out->failed ? ur_fail(UR_E_MEMORY, "", "there is no memory left to read the file") : UR_OK;
}

/* ---- settings ---- */
static ur_status set_whole(ur_settings *settings, const char *key, int value) {
  char text[16];
  snprintf(text, sizeof text, "%d", value);
  return ur_settings_set(settings, key, text);
}

static ur_status read_settings(const ur__torch *torch, const ur_pytorch_how *how, int letters,
                               ur_settings *out) {
  static const char *const seen[] = {"embedding_size", "hidden_size", "num_layers",
                                     "cell",           "directions",  "symbols"};
  const int places = torch->model == &ur__forecaster, whole = torch->model == &ur__classifier;
  const char *task = places ? "ball" : !whole ? "lines" : torch->table != NULL ? "remember" : "adding";
  const char *activation = ur__safetensors_meta(&torch->file, "activation"); /* in an export of ours */
  ur_status status = ur_settings_init(out, torch->model->name, task);
  if (status == UR_OK && torch->cell == UR_CELL_RNN && activation != NULL)
    status = ur_settings_set(out, "activation", activation);
  for (int i = 0; i < how->setting_count && status == UR_OK; i++) {
    const char *key = how->settings[2 * i];
    for (size_t k = 0; k < sizeof seen / sizeof *seen; k++)
      if (strcmp(key, seen[k]) == 0)
        return ur_fail(UR_E_SETTING, key, "%s is what the file has; leave it out", key);
    status = ur_settings_set(out, key, how->settings[2 * i + 1]);
  }
  if (status == UR_OK && torch->table != NULL) status = set_whole(out, "embedding_size", torch->embedding);
  if (status == UR_OK) status = set_whole(out, "hidden_size", torch->hidden);
  if (status == UR_OK) status = set_whole(out, "num_layers", torch->depth);
  if (status != UR_OK || !(whole || places)) return status;
  status = ur_settings_set(out, "cell", cell_name(torch->cell));
  if (status == UR_OK && whole) status = set_whole(out, "directions", torch->directions);
  return status == UR_OK && torch->table != NULL ? set_whole(out, "symbols", letters) : status;
}

/* ---- parameters ---- */
void ur__torch_name(int depth, int layer, int back, const char *name, char out[64]) {
  char number[24] = "";
  if (depth > 1) snprintf(number, sizeof number, "layer%d.", layer + 1);
  snprintf(out, 64, "%s%s%s", number, back ? "back." : "", name);
}

float *ur__torch_param(ur_params *params, const char *name, ur_param_view *view) {
  for (int i = 0; i < ur_params_count(params); i++) {
    *view = ur_params_view(params, i);
    if (strcmp(view->name, name) == 0) return ur_params_data(params) + view->offset;
  }
  return NULL;
}

/* The numbers of a tensor, to be freed. */
static ur_status read_numbers(const ur__stored *tensor, float **out) {
  const size_t count = ur__stored_count(tensor);
  *out = ur__alloc_array(count, sizeof **out);
  if (*out == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the weights");
  ur_status status = ur__stored_floats(tensor, *out);
  const size_t bad = status == UR_OK ? ur__f32_first_bad(*out, count) : count;
  if (bad < count)
    status = ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s is not a finite number at cell %zu",
                     tensor->name, bad);
  if (status == UR_OK) return UR_OK;
  ur__free(*out);
  *out = NULL;
  return status;
}

/* Row `rows[i]` of the tensor to row i of the parameter; where it is -1, `otherwise`. rows NULL: as they are.
 */
static ur_status copy_rows(const ur__stored *tensor, const int *rows, float otherwise, ur_params *params,
                           const char *name) {
  ur_param_view view;
  float *cells = ur__torch_param(params, name, &view), *numbers;
  if (cells == NULL) return ur_fail(UR_E_FORMAT, name, "the model has no parameter %s", name);
  const size_t height = (size_t)view.shape[0], width = view.size / height;
  const ur_status status = read_numbers(tensor, &numbers);
  if (status != UR_OK) return status;
  for (size_t i = 0; i < height; i++) {
    const int row = rows != NULL ? rows[i] : (int)i;
    for (size_t k = 0; k < width; k++)
      cells[i * width + k] = row < 0 ? otherwise : numbers[(size_t)row * width + k];
  }
  ur__free(numbers);
  return UR_OK;
}

static void fill(ur_params *params, const char *name, float value) {
  ur_param_view view;
  float *cells = ur__torch_param(params, name, &view);
  for (size_t i = 0; cells != NULL && i < view.size; i++) cells[i] = value;
}

static ur_status copy_biases(const ur__torch *torch, const ur__torch_layer *layer, const char *b_1,
                             const char *b_n, ur_params *params) {
  const size_t H = (size_t)torch->hidden;
  ur_param_view view;
  float *hh, *sum = ur__torch_param(params, b_1, &view), *inside = NULL;
  if (layer->bias_ih == NULL) {
    fill(params, b_1, 0);
    fill(params, b_n, 0);
    return UR_OK;
  }
  ur_status status = copy_rows(layer->bias_ih, NULL, 0, params, b_1);
  if (status == UR_OK) status = read_numbers(layer->bias_hh, &hh);
  if (status != UR_OK) return status;
  size_t together = view.size;
  if (torch->cell == UR_CELL_GRU) {
    inside = ur__torch_param(params, b_n, &view);
    together = 2 * H;
  }
  for (size_t i = 0; i < together; i++) sum[i] += hh[i];
  if (inside != NULL) memcpy(inside, hh + 2 * H, H * sizeof *hh);
  ur__free(hh);
  return UR_OK;
}

static ur_status copy_layer(const ur__torch *torch, int at, int back, ur_params *params) {
  const ur__torch_layer *layer = &torch->layers[at][back];
  char name[64], b_n[64];
  ur__torch_name(torch->depth, at, back, "W_e", name);
  ur_status status = copy_rows(layer->weight_ih, NULL, 0, params, name);
  ur__torch_name(torch->depth, at, back, "W_h", name);
  if (status == UR_OK) status = copy_rows(layer->weight_hh, NULL, 0, params, name);
  ur__torch_name(torch->depth, at, back, "b_1", name);
  ur__torch_name(torch->depth, at, back, "b_n", b_n);
  return status == UR_OK ? copy_biases(torch, layer, name, b_n, params) : status;
}

static ur_status copy_all(const ur__torch *torch, const ur__torch_rows *rows, ur_params *params) {
  ur_status status = UR_OK;
  const int *linear = torch->table != NULL ? rows->linear : NULL;
  if (torch->table != NULL) status = copy_rows(torch->table, rows->table, 0, params, "E");
  for (int layer = 0; layer < torch->depth; layer++)
    for (int back = 0; back < torch->directions && status == UR_OK; back++)
      status = copy_layer(torch, layer, back, params);
  if (status == UR_OK) status = copy_rows(torch->weight, linear, 0, params, "U");
  if (status == UR_OK && torch->bias != NULL) return copy_rows(torch->bias, linear, NEVER, params, "b_2");
  fill(params, "b_2", 0);
  ur_param_view view;
  float *b_2 = ur__torch_param(params, "b_2", &view);
  for (size_t i = 0; linear != NULL && b_2 != NULL && i < view.size; i++)
    if (linear[i] < 0) b_2[i] = NEVER;
  return status;
}

/* ---- the whole ---- */
static ur_status check_letters(const ur_settings *settings, const ur__corpus *given) {
  ur__corpus asked;
  ur_status status =
      ur__examples_vocabulary(ur__task_find(settings->task), ur__task_values(settings), &asked);
  if (status != UR_OK) return status;
  if (!ur__vocabulary_same(&asked, given))
    status = ur_fail(UR_E_TEXT, "vocabulary",
                     "a classifier of symbols is opened for the task remember, whose %d symbols are the "
                     "letters a to %s; the vocabulary has others",
                     asked.vocabulary_size - UR__MARKS, asked.texts[asked.vocabulary_size - 1]);
  ur__corpus_free(&asked);
  return status;
}

static ur_status build(const ur__torch *torch, const ur_pytorch_how *how, ur_trainer **out) {
  ur__torch_rows *rows = ur__alloc(sizeof *rows);
  ur_settings settings;
  ur_status status = UR_OK;
  if (rows == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the vocabulary");
  if (torch->table != NULL) status = ur__torch_symbols(torch, how, !ur__answers_once(torch->model), rows);
  ur__corpus *vocabulary = &rows->vocabulary;
  if (status == UR_OK) status = read_settings(torch, how, vocabulary->vocabulary_size - UR__MARKS, &settings);
  if (status == UR_OK && torch->table == NULL)
    status = ur__examples_vocabulary(ur__task_find(settings.task), ur__task_values(&settings), vocabulary);
  else if (status == UR_OK && ur__answers_once(torch->model))
    status = check_letters(&settings, vocabulary);
  vocabulary->longest = UR__SEQUENCE_MAX;
  if (status == UR_OK) status = ur__trainer_build(&settings, vocabulary, out);
  if (status == UR_OK) {
    status = copy_all(torch, rows, ur_trainer_params(*out));
    if (status != UR_OK) ur_trainer_free(*out);
  }
  ur__free(rows);
  return status;
}

ur_status ur_pytorch_read(ur_bytes file, const ur_pytorch_how *how, ur_tensors_read *told, ur_buffer *out) {
  ur__torch torch;
  ur_trainer *trainer;
  *told = (ur_tensors_read){0};
  ur_status status = ur__safetensors_read(file, &torch.file);
  if (status != UR_OK) return status;
  const ur__model *named = ur__torch_named_file(&torch.file);
  if (named != NULL) status = ur__torch_named_read(&torch.file, named, how, told, out);
  ur__safetensors_free(&torch.file);
  if (named != NULL) return status;
  status = ur__torch_find(file, how->model, &torch);
  if (status != UR_OK) return status;
  status = build(&torch, how, &trainer);
  if (status == UR_OK) {
    *told = ur__tensors_told(&torch.file);
    status = ur_trainer_save(trainer, 0, out);
    ur_trainer_free(trainer);
  }
  ur__torch_free(&torch);
  return status;
}

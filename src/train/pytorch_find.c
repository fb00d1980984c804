/* The modules in a PyTorch file, found by the ends of their names and by their shapes. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "pytorch.h"

#define SIZE_LIMIT 4096 /* of any dimension; what a setting may be is less */
#define SHAPE      48

static ur_status fits(const ur__stored *tensor, int rows, int columns, const char *why) {
  char is[SHAPE], asked[SHAPE];
  const int rank = columns > 0 ? 2 : 1;
  if (tensor->rank == rank && tensor->shape[0] == (uint64_t)rows &&
      (columns == 0 || tensor->shape[1] == (uint64_t)columns))
    return UR_OK;
  ur__stored_shape(tensor, is, sizeof is);
  if (columns > 0)
    snprintf(asked, sizeof asked, "[%d,%d]", rows, columns);
  else
    snprintf(asked, sizeof asked, "[%d]", rows);
  return ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s is %s; expected %s, %s", tensor->name, is, asked,
                 why);
}

/* ---- the recurrent layers ---- */
static const char first_end[] = "weight_ih_l0";

static int ends_with(const char *name, const char *end) {
  const size_t length = strlen(name), size = strlen(end);
  return length >= size && strcmp(name + length - size, end) == 0 &&
         (length == size || name[length - size - 1] == '.');
}

/* The tensor whose name is the first `size` bytes of `prefix` and then `end`. */
static ur__stored *named(const ur__torch *torch, const char *prefix, size_t size, const char *end) {
  for (int i = 0; i < torch->file.tensor_count; i++) {
    ur__stored *tensor = &torch->file.tensors[i];
    if (strncmp(tensor->name, prefix, size) == 0 && strcmp(tensor->name + size, end) == 0) return tensor;
  }
  return NULL;
}

static const ur__stored *take(const ur__torch *torch, const char *prefix, int size, const char *what,
                              int layer, int back) {
  char end[48];
  snprintf(end, sizeof end, "%s_l%d%s", what, layer, back ? "_reverse" : "");
  ur__stored *tensor = named(torch, prefix, (size_t)size, end);
  if (tensor != NULL) tensor->used = 1;
  return tensor;
}

static ur_status read_sizes(ur__torch *torch, const ur__stored *ih, const ur__stored *hh) {
  char shape[SHAPE];
  if (ih->rank != 2 || hh == NULL || hh->rank != 2)
    return ur_fail(UR_E_FORMAT, ih->name, "tensor %.60s and its weight_hh_l0 should have two dimensions",
                   ih->name);
  ur__stored_shape(hh, shape, sizeof shape);
  const uint64_t H = hh->shape[1], parts = H > 0 ? hh->shape[0] / H : 0;
  if (H < 1 || H > SIZE_LIMIT || ih->shape[1] < 1 || ih->shape[1] > SIZE_LIMIT || hh->shape[0] % H != 0 ||
      (parts != 1 && parts != 3 && parts != 4))
    return ur_fail(UR_E_FORMAT, hh->name,
                   "tensor %.60s is %s; expected [H,H] of an nn.RNN, [3H,H] of an nn.GRU or [4H,H] of an "
                   "nn.LSTM, with H up to %d",
                   hh->name, shape, SIZE_LIMIT);
  torch->cell = parts == 1 ? UR_CELL_RNN : parts == 3 ? UR_CELL_GRU : UR_CELL_LSTM;
  torch->hidden = (int)H;
  torch->embedding = (int)ih->shape[1];
  return UR_OK;
}

static ur_status read_layer(ur__torch *torch, const char *prefix, int size, int layer, int back) {
  ur__torch_layer *l = &torch->layers[layer][back];
  const int G = torch->hidden * (torch->cell == UR_CELL_RNN ? 1 : torch->cell == UR_CELL_GRU ? 3 : 4);
  const int input = layer == 0 ? torch->embedding : torch->hidden * torch->directions;
  l->weight_ih = take(torch, prefix, size, "weight_ih", layer, back);
  l->weight_hh = take(torch, prefix, size, "weight_hh", layer, back);
  l->bias_ih = take(torch, prefix, size, "bias_ih", layer, back);
  l->bias_hh = take(torch, prefix, size, "bias_hh", layer, back);
  if (l->weight_ih == NULL || l->weight_hh == NULL || (l->bias_ih == NULL) != (l->bias_hh == NULL))
    return ur_fail(UR_E_FORMAT, "", "%.*s lacks a weight or a bias of layer %d%s (l%d%s)",
                   size > 60 ? 60 : size, prefix, layer + 1, back ? ", from the end" : "", layer,
                   back ? "_reverse" : "");
  ur_status status = fits(l->weight_ih, G, input, "the gates over what the layer reads");
  if (status == UR_OK) status = fits(l->weight_hh, G, torch->hidden, "the gates over the state");
  if (status == UR_OK && l->bias_ih != NULL) status = fits(l->bias_ih, G, 0, "one a gate");
  if (status == UR_OK && l->bias_hh != NULL) status = fits(l->bias_hh, G, 0, "one a gate");
  return status;
}

static ur_status read_recurrent(ur__torch *torch) {
  const ur__stored *first = NULL;
  for (int i = 0; i < torch->file.tensor_count; i++) {
    const ur__stored *tensor = &torch->file.tensors[i];
    if (!ends_with(tensor->name, first_end)) continue;
    if (first != NULL)
      return ur_fail(UR_E_FORMAT, tensor->name,
                     "the file has two recurrent modules, with %.60s and %.60s; one with several layers "
                     "can be opened",
                     first->name, tensor->name);
    first = tensor;
  }
  if (first == NULL)
    return ur_fail(UR_E_FORMAT, "",
                   "the file is not of unroll, and has no nn.RNN, nn.LSTM or nn.GRU of PyTorch: no tensor's "
                   "name ends in %s",
                   first_end);
  const int size = (int)(strlen(first->name) - strlen(first_end));
  ur_status status = read_sizes(torch, first, take(torch, first->name, size, "weight_hh", 0, 0));
  torch->directions = take(torch, first->name, size, "weight_ih", 0, 1) != NULL ? 2 : 1;
  while (status == UR_OK && torch->depth < UR_LAYERS_MAX &&
         (torch->depth == 0 || take(torch, first->name, size, "weight_ih", torch->depth, 0) != NULL)) {
    for (int back = 0; back < torch->directions && status == UR_OK; back++)
      status = read_layer(torch, first->name, size, torch->depth, back);
    torch->depth++;
  }
  return status;
}

/* ---- embedding and linear layer ---- */
static const char *last_of(const char *name) {
  const char *dot = strrchr(name, '.');
  return dot != NULL ? dot + 1 : name;
}

static ur__stored *bias_of(const ur__torch *torch, const ur__stored *weight) {
  ur__stored *bias = named(torch, weight->name, (size_t)(last_of(weight->name) - weight->name), "bias");
  return bias != NULL && bias->rank == 1 && bias->shape[0] == weight->shape[0] ? bias : NULL;
}

static int says_embedding(const char *name) {
  for (; *name != 0; name++)
    if (tolower((unsigned char)name[0]) == 'e' && tolower((unsigned char)name[1]) == 'm' &&
        tolower((unsigned char)name[2]) == 'b')
      return 1;
  return 0;
}

static int is_embedding(const ur__torch *torch, const ur__stored *weight) {
  return bias_of(torch, weight) == NULL && weight->shape[1] == (uint64_t)torch->embedding;
}
static int is_linear(const ur__torch *torch, const ur__stored *weight) {
  return weight->shape[1] == (uint64_t)torch->hidden * (uint64_t)torch->directions;
}
static int is_called_embedding(const ur__torch *torch, const ur__stored *weight) {
  (void)torch;
  return says_embedding(weight->name);
}
static int has_bias(const ur__torch *torch, const ur__stored *weight) {
  return bias_of(torch, weight) != NULL;
}

typedef int test(const ur__torch *torch, const ur__stored *weight);

/* The one matrix that passes the first test, or of several the one that passes the second too. NULL with *out
 * at UR_OK: there is none. */
static const ur__stored *pick(const ur__torch *torch, test *first, test *second, const char *what,
                              ur_status *out) {
  ur__stored *found[2] = {NULL, NULL}, *better = NULL;
  int count = 0, good = 0;
  for (int i = 0; i < torch->file.tensor_count; i++) {
    ur__stored *weight = &torch->file.tensors[i];
    if (weight->used || weight->rank != 2 || strcmp(last_of(weight->name), "weight") != 0) continue;
    if (!first(torch, weight)) continue;
    if (count < 2) found[count] = weight;
    count++;
    if (!second(torch, weight)) continue;
    better = weight;
    good++;
  }
  *out = UR_OK;
  ur__stored *one = count == 1 ? found[0] : good == 1 ? better : NULL;
  if (one == NULL && count > 0)
    *out = ur_fail(UR_E_FORMAT, found[0]->name, "%.60s and %.60s may both be the %s; one can be opened",
                   found[0]->name, found[1]->name, what);
  if (one != NULL) one->used = 1;
  return one;
}

static ur_status read_ends(ur__torch *torch) {
  char shape[SHAPE];
  ur_status status;
  torch->table = pick(torch, is_embedding, is_called_embedding, "embedding", &status);
  if (status == UR_OK) torch->weight = pick(torch, is_linear, has_bias, "linear layer", &status);
  if (status != UR_OK) return status;
  if (torch->weight == NULL)
    return ur_fail(UR_E_FORMAT, "",
                   "the file lacks the nn.Linear after the recurrent layers: a tensor ending in .weight, "
                   "expected [outputs,%d]",
                   torch->hidden * torch->directions);
  ur__stored *bias = bias_of(torch, torch->weight);
  if (bias != NULL) bias->used = 1;
  torch->bias = bias;
  if (torch->weight->shape[0] < 1 || torch->weight->shape[0] > SIZE_LIMIT ||
      (torch->table != NULL && (torch->table->shape[0] < 1 || torch->table->shape[0] > SIZE_LIMIT))) {
    ur__stored_shape(torch->weight, shape, sizeof shape);
    return ur_fail(UR_E_FORMAT, torch->weight->name,
                   "the embedding and the linear layer %.60s %s should have 1 to %d rows",
                   torch->weight->name, shape, SIZE_LIMIT);
  }
  torch->outputs = (int)torch->weight->shape[0];
  torch->symbols = torch->table != NULL ? (int)torch->table->shape[0] : 0;
  return UR_OK;
}

/* Parameters of layers that are left over: with them PyTorch computes something else. */
static ur_status check_rest(const ur__torch *torch) {
  ur_buffer names = {0};
  int count = 0;
  for (int i = 0; i < torch->file.tensor_count; i++) {
    const ur__stored *tensor = &torch->file.tensors[i];
    const char *last = last_of(tensor->name);
    char shape[SHAPE];
    if (tensor->used || (strncmp(last, "weight", 6) != 0 && strncmp(last, "bias", 4) != 0)) continue;
    ur__stored_shape(tensor, shape, sizeof shape);
    if (count++ < 3) ur_buffer_print(&names, "%s%.48s %s", count > 1 ? ", " : "", tensor->name, shape);
  }
  ur_status status = UR_OK;
  if (names.failed)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left to read the file");
  else if (count > 0)
    status = ur_fail(UR_E_FORMAT, "",
                     "%d tensor%s no place in an embedding, up to %d recurrent layers and a linear "
                     "layer: %s%s",
                     count, count == 1 ? " has" : "s have", UR_LAYERS_MAX, (const char *)names.data,
                     count > 3 ? " and others" : "");
  ur_buffer_free(&names);
  return status;
}

/* ---- the model ---- */
static ur_status choose_model(ur__torch *torch, const char *wanted) {
  if (wanted == NULL) wanted = ur__safetensors_meta(&torch->file, "model"); /* an export of ours */
  const ur__model *const language[] = {&ur__rnn_lm, &ur__lstm_lm, &ur__gru_lm};
  const int numbers = torch->table == NULL;
  const int places =
      numbers && torch->outputs == 2 && torch->directions == 1; /* two in, two out, each step */
  const int whole = numbers || torch->directions == 2;
  const ur__model *seen = places ? &ur__forecaster : whole ? &ur__classifier : language[torch->cell];
  torch->model = wanted == NULL ? seen : ur__model_find(wanted);
  if (torch->model != seen && (places || torch->model != &ur__classifier))
    return ur_fail(UR_E_FORMAT, "model", "the file has the shape of a %s, not of a %.30s", seen->name,
                   wanted);
  if (numbers && (torch->embedding != 2 || !(places || torch->outputs == 1)))
    return ur_fail(UR_E_FORMAT, "",
                   "the file lacks the nn.Embedding before the recurrent layers: a tensor ending in .weight, "
                   "expected [symbols,%d]",
                   torch->embedding);
  return numbers ? UR_OK
                 : fits(torch->weight, torch->symbols, torch->hidden * torch->directions,
                        "a row for every symbol of the embedding");
}

ur_status ur__torch_find(ur_bytes bytes, const char *model, ur__torch *out) {
  *out = (ur__torch){0};
  ur_status status = ur__safetensors_read(bytes, &out->file);
  if (status == UR_OK) status = read_recurrent(out);
  if (status == UR_OK) status = read_ends(out);
  if (status == UR_OK) status = check_rest(out);
  if (status == UR_OK) status = choose_model(out, model);
  if (status != UR_OK) ur__torch_free(out);
  return status;
}

void ur__torch_free(ur__torch *torch) {
  ur__safetensors_free(&torch->file);
  *torch = (ur__torch){0};
}

/* Parameters: declared one by one, then allocated and initialised at once. */
#include "params.h"

#include "alloc.h"

#include <stdio.h>
#include <string.h>

#define PARAMS_LIMIT ((size_t)256 << 20) /* bytes */

ur_status ur_params_create(ur_params **out) {
  *out = ur__alloc(sizeof **out);
  return *out ? UR_OK : ur_fail(UR_E_MEMORY, "", "no memory for a set of parameters");
}

void ur_params_free(ur_params *params) {
  if (!params) return;
  ur__arena_free(&params->arena);
  ur__free(params->tensors);
  ur__free(params);
}

static int poison(ur_params *params) {
  if (params->failure.code == UR_OK) params->failure = *ur_last_error();
  return -1;
}

void ur_params_refuse(ur_params *params) { poison(params); }

static ur_status check(const ur_params *params, const char *name, const char *axes) {
  if (params->data) return ur_fail(UR_E_STATE, name, "%s: these parameters are finished already", name);
  if (name[0] == '\0' || strlen(name) >= UR__PATH_MAX)
    return ur_fail(UR_E_ARGUMENT, name, "a parameter needs a name of 1 to %d bytes", UR__PATH_MAX - 1);
  if (strlen(axes) < 1 || strlen(axes) > UR_RANK_MAX)
    return ur_fail(UR_E_SHAPE, name, "%s: a parameter has 1 to %d axes, not %lu", name, UR_RANK_MAX,
                   (unsigned long)strlen(axes));
  if (strchr(axes, 'B') || strchr(axes, 'T') || strchr(axes, 'S'))
    return ur_fail(UR_E_SHAPE, name, "%s: a parameter has no axis B, T or S, which follow the batch", name);
  for (int i = 0; i < params->count; i++)
    if (strcmp(params->tensors[i].name, name) == 0)
      return ur_fail(UR_E_ARGUMENT, name, "%s: there is a parameter of this name already", name);
  return UR_OK;
}

static ur_status add(ur_params *params, ur__param tensor, const char *name, const char *axes,
                     const int *shape) {
  ur_status status = check(params, name, axes);
  if (status != UR_OK) return status;
  snprintf(tensor.name, sizeof tensor.name, "%s", name);
  tensor.tensor.rank = (int)strlen(axes);
  memcpy(tensor.tensor.axes, axes, strlen(axes) + 1);
  memcpy(tensor.tensor.shape, shape, (size_t)tensor.tensor.rank * sizeof *shape);
  if ((status = ur__tensor_count(&tensor.tensor, name)) != UR_OK) return status;
  tensor.offset = params->size;
  if (params->count == params->capacity) {
    int capacity = params->capacity ? 2 * params->capacity : 16;
    ur__param *grown = ur__realloc(params->tensors, (size_t)capacity * sizeof *grown);
    if (!grown) return ur_fail(UR_E_MEMORY, name, "%s: no memory for one more parameter", name);
    params->tensors = grown;
    params->capacity = capacity;
  }
  params->tensors[params->count++] = tensor;
  params->size = ur__plus(params->size, tensor.tensor.cells);
  return UR_OK;
}

int ur_params_add(ur_params *params, const char *name, const char *axes, const int *shape, ur_init init,
                  double scale) {
  if (params->failure.code != UR_OK) return -1;
  if (add(params, (ur__param){.init = init, .scale = scale}, name, axes, shape) != UR_OK)
    return poison(params);
  return params->count - 1;
}

void ur_params_start(ur_params *params, int param, size_t from, size_t count, double value) {
  if (params->failure.code != UR_OK) return;
  ur__param *p = param >= 0 && param < params->count ? &params->tensors[param] : NULL;
  if (!p || from > p->tensor.cells || count > p->tensor.cells - from) {
    ur_fail(UR_E_ARGUMENT, p ? p->name : "", "parameter %d has no such cells to begin at a value", param);
    poison(params);
    return;
  }
  p->from = from, p->count = count, p->value = value;
}

ur_status ur_params_finish(ur_params *params, ur_rng *stream) {
  const ur_error *failure = &params->failure;
  if (failure->code != UR_OK) return ur_fail(failure->code, failure->node, "%s", failure->message);
  if (params->data) return ur_fail(UR_E_STATE, "", "these parameters are finished already");
  ur__arena_take(&params->arena, params->size, sizeof(float));
  ur_status status = ur__arena_commit(&params->arena, PARAMS_LIMIT, "the set of parameters");
  if (status != UR_OK) return status;
  params->data = ur__arena_take(&params->arena, params->size, sizeof(float));
  for (int i = 0; i < params->count; i++) {
    const ur__param *p = &params->tensors[i];
    float *data = params->data + p->offset, scale = (float)p->scale;
    for (size_t k = 0; k < p->tensor.cells && p->init == UR_INIT_UNIFORM; k++)
      data[k] = (2.0f * ur_rng_uniform(stream) - 1.0f) * scale;
    for (size_t k = 0; k < p->tensor.cells && p->init == UR_INIT_NORMAL; k++)
      data[k] = ur_rng_normal(stream) * scale;
    for (size_t k = 0; k < p->count; k++) data[p->from + k] = (float)p->value;
  }
  return UR_OK;
}

int ur_params_count(const ur_params *params) { return params->count; }
size_t ur_params_size(const ur_params *params) { return params->size; }
float *ur_params_data(ur_params *params) { return params->data; }

ur_param_view ur_params_view(const ur_params *params, int index) {
  if (index < 0 || index >= params->count) return (ur_param_view){.name = "", .axes = ""};
  const ur__param *p = &params->tensors[index];
  ur_param_view view = {.name = p->name,
                        .axes = p->tensor.axes,
                        .rank = p->tensor.rank,
                        .offset = p->offset,
                        .size = p->tensor.cells};
  memcpy(view.shape, p->tensor.shape, sizeof view.shape);
  return view;
}

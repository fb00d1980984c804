#include "safetensors.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "json.h"

typedef struct reading {
  ur__safetensors *file;
  ur__json json;
  ur_buffer text; /* the string just read */
  char *strings;  /* where the next one is kept: all of them together are shorter than the header */
} reading;

static const char *keep(reading *r) {
  char *kept = r->strings;
  memcpy(kept, r->text.data, r->text.size + 1);
  r->strings += r->text.size + 1;
  return kept;
}

static int is_text(const reading *r, const char *text) {
  return r->text.size == strlen(text) && memcmp(r->text.data, text, r->text.size) == 0;
}

static ur_status read_metadata(reading *r) {
  ur__safetensors *file = r->file;
  if (file->metadata != NULL) return ur_fail(UR_E_FORMAT, "", "the header has __metadata__ twice");
  file->metadata = ur__alloc_array(UR__PAIRS_MAX, sizeof *file->metadata);
  if (file->metadata == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read the metadata");
  ur__json_object(&r->json);
  while (ur__json_member(&r->json, &r->text)) {
    if (file->pair_count == UR__PAIRS_MAX)
      return ur_fail(UR_E_FORMAT, "", "the metadata has more than %d entries", UR__PAIRS_MAX);
    const char *key = keep(r);
    if (ur__safetensors_meta(file, key) != NULL)
      return ur_fail(UR_E_FORMAT, key, "the metadata has %.60s twice", key);
    if (ur__json_text(&r->json, &r->text))
      file->metadata[file->pair_count++] = (ur__pair){.key = key, .value = keep(r)};
  }
  return UR_OK;
}

static ur_status read_dtype(reading *r, ur__stored *tensor) {
  if (!ur__json_text(&r->json, &r->text)) return UR_OK; /* told at the end */
  for (int dtype = 0; dtype < UR__DTYPES; dtype++) {
    if (!is_text(r, ur__dtype_name((ur__dtype)dtype))) continue;
    tensor->dtype = (ur__dtype)dtype;
    return UR_OK;
  }
  return ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s has the unknown dtype %.20s", tensor->name,
                 (const char *)r->text.data);
}

static ur_status read_shape(reading *r, ur__stored *tensor) {
  ur__json_array(&r->json);
  while (ur__json_element(&r->json)) {
    if (tensor->rank == UR__TENSOR_RANK)
      return ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s has more than %d dimensions", tensor->name,
                     UR__TENSOR_RANK);
    if (!ur__json_whole(&r->json, &tensor->shape[tensor->rank])) break;
    tensor->rank++;
  }
  return UR_OK;
}

/* Bytes of dtype x shape against those of the offsets, and the offsets against the file. */
static ur_status check_extent(const ur__stored *tensor, const uint64_t offsets[2], size_t available) {
  uint64_t size = ur__dtype_size(tensor->dtype);
  for (int d = 0; d < tensor->rank; d++) {
    if (tensor->shape[d] != 0 && size > UINT64_MAX / tensor->shape[d])
      return ur_fail(UR_E_FORMAT, tensor->name, "the shape of tensor %.60s is too large for any file",
                     tensor->name);
    size *= tensor->shape[d];
  }
  if (offsets[0] > offsets[1] || offsets[1] > available)
    return ur_fail(UR_E_FORMAT, tensor->name,
                   "tensor %.60s should be at bytes %" PRIu64 " to %" PRIu64
                   ", but there are %zu bytes of data",
                   tensor->name, offsets[0], offsets[1], available);
  if (offsets[1] - offsets[0] != size)
    return ur_fail(UR_E_FORMAT, tensor->name,
                   "tensor %.60s takes %" PRIu64 " bytes by its shape but %" PRIu64 " by its offsets",
                   tensor->name, size, offsets[1] - offsets[0]);
  return UR_OK;
}

static ur_status read_tensor(reading *r, ur_bytes data) {
  enum { DTYPE = 1, SHAPE = 2, OFFSETS = 4, ALL = 7 };
  ur__safetensors *file = r->file;
  ur__stored tensor = {.name = keep(r)};
  uint64_t offsets[2] = {0, 0};
  int seen = 0;
  ur_status status = UR_OK;
  if (file->tensor_count == UR__TENSORS_MAX)
    return ur_fail(UR_E_FORMAT, "", "the file has more than %d tensors", UR__TENSORS_MAX);
  if (ur__safetensors_find(file, tensor.name) != NULL)
    return ur_fail(UR_E_FORMAT, tensor.name, "tensor %.60s is in the file twice", tensor.name);
  ur__json_object(&r->json);
  while (status == UR_OK && ur__json_member(&r->json, &r->text)) {
    const int field = is_text(r, "dtype")          ? DTYPE
                      : is_text(r, "shape")        ? SHAPE
                      : is_text(r, "data_offsets") ? OFFSETS
                                                   : 0;
    if (field == 0 || (seen & field) != 0)
      return ur_fail(UR_E_FORMAT, tensor.name, "tensor %.60s has %.40s %s", tensor.name,
                     (const char *)r->text.data, field == 0 ? "in its header, which is unknown" : "twice");
    seen |= field;
    if (field == DTYPE) status = read_dtype(r, &tensor);
    if (field == SHAPE) status = read_shape(r, &tensor);
    if (field == OFFSETS) {
      ur__json_array(&r->json);
      for (int i = 0; i < 2; i++) {
        if (ur__json_element(&r->json)) ur__json_whole(&r->json, &offsets[i]);
      }
      if (r->json.failed == NULL && ur__json_element(&r->json))
        return ur_fail(UR_E_FORMAT, tensor.name, "tensor %.60s has more than two data_offsets", tensor.name);
    }
  }
  if (status != UR_OK || r->json.failed != NULL) return status;
  if (seen != ALL)
    return ur_fail(UR_E_FORMAT, tensor.name, "tensor %.60s lacks its dtype, shape or data_offsets",
                   tensor.name);
  status = check_extent(&tensor, offsets, data.size);
  if (status != UR_OK) return status;
  tensor.data = data.data + offsets[0];
  tensor.size = (size_t)(offsets[1] - offsets[0]);
  file->tensors[file->tensor_count++] = tensor;
  return UR_OK;
}

static int by_place(const void *a, const void *b) {
  const ur__stored *left = a, *right = b;
  if (left->data != right->data) return (const uint8_t *)left->data < (const uint8_t *)right->data ? -1 : 1;
  return (left->size > right->size) - (left->size < right->size);
}

/* Sorts the tensors by place: each has to begin where the one before ended. */
static ur_status check_layout(ur__safetensors *file, ur_bytes data) {
  const uint8_t *end = data.data;
  qsort(file->tensors, (size_t)file->tensor_count, sizeof *file->tensors, by_place);
  for (int i = 0; i < file->tensor_count; i++) {
    const ur__stored *tensor = &file->tensors[i];
    const uint8_t *start = tensor->data;
    if (start != end)
      return ur_fail(UR_E_FORMAT, tensor->name, "tensor %.60s %s at byte %zu of the data", tensor->name,
                     start < end ? "overlaps the one before it" : "leaves a gap before it",
                     (size_t)(start - data.data));
    end = start + tensor->size;
  }
  if (end != data.data + data.size)
    return ur_fail(UR_E_FORMAT, "", "%zu bytes after the last tensor belong to none",
                   (size_t)(data.data + data.size - end));
  return UR_OK;
}

static ur_status read_header(reading *r, ur_bytes data) {
  ur_status status = UR_OK;
  ur__json_object(&r->json);
  while (status == UR_OK && ur__json_member(&r->json, &r->text))
    status = is_text(r, "__metadata__") ? read_metadata(r) : read_tensor(r, data);
  if (status == UR_OK) status = ur__json_close(&r->json, "the header");
  return status == UR_OK ? check_layout(r->file, data) : status;
}

ur_status ur__safetensors_read(ur_bytes bytes, ur__safetensors *out) {
  *out = (ur__safetensors){0};
  uint64_t length;
  if (bytes.size < 8)
    return ur_fail(UR_E_FORMAT, "", "the file has %zu bytes; a file of weights has at least 8", bytes.size);
  memcpy(&length, bytes.data, 8);
  if (length > bytes.size - 8)
    return ur_fail(UR_E_FORMAT, "", "the header should take %" PRIu64 " bytes, but only %zu follow", length,
                   bytes.size - 8);
  if (length > UR__HEADER_MAX)
    return ur_fail(UR_E_FORMAT, "", "the header takes %" PRIu64 " bytes; at most %d are read", length,
                   UR__HEADER_MAX);
  reading r = {.file = out, .json = ur__json_open(bytes.data + 8, (size_t)length)};
  out->strings = r.strings = ur__alloc((size_t)length + 1);
  out->tensors = ur__alloc_array(UR__TENSORS_MAX, sizeof *out->tensors);
  ur_status status;
  if (out->strings == NULL || out->tensors == NULL)
    status = ur_fail(UR_E_MEMORY, "", "there is no memory left to read the header");
  else
    status = read_header(&r, (ur_bytes){bytes.data + 8 + length, bytes.size - 8 - (size_t)length});
  ur_buffer_free(&r.text);
  if (status != UR_OK) ur__safetensors_free(out);
  return status;
}

void ur__safetensors_free(ur__safetensors *file) {
  ur__free(file->tensors);
  ur__free(file->metadata);
  ur__free(file->strings);
  *file = (ur__safetensors){0};
}

const ur__stored *ur__safetensors_find(const ur__safetensors *file, const char *name) {
  for (int i = 0; i < file->tensor_count; i++) {
    if (strcmp(file->tensors[i].name, name) == 0) return &file->tensors[i];
  }
  return NULL;
}

const ur__stored *ur__safetensors_take(ur__safetensors *file, const char *name) {
  for (int i = 0; i < file->tensor_count; i++) {
    if (strcmp(file->tensors[i].name, name) != 0) continue;
    file->tensors[i].used = 1;
    return &file->tensors[i];
  }
  return NULL;
}

const char *ur__safetensors_meta(const ur__safetensors *file, const char *key) {
  for (int i = 0; i < file->pair_count; i++) {
    if (strcmp(file->metadata[i].key, key) == 0) return file->metadata[i].value;
  }
  return NULL;
}

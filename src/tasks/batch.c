#include "batch.h"

#include <string.h>

#include "alloc.h"

int ur__array_find(const ur__array *arrays, const char *name) {
  for (int i = 0; arrays[i].name != NULL; i++)
    if (strcmp(arrays[i].name, name) == 0) return i;
  return -1;
}

int ur__batch_reads_source(const ur__array *arrays) {
  for (int i = 0; arrays[i].name != NULL; i++)
    if (strchr(arrays[i].axes, 'S') != NULL) return 1;
  return 0;
}

size_t ur__array_cells(const ur__array *array, const ur__batch *batch) {
  size_t cells = 1;
  for (const char *axis = array->axes; *axis != '\0'; axis++)
    cells *= (size_t)(*axis == 'T'   ? batch->length
                      : *axis == 'S' ? batch->source
                      : *axis == 'B' ? batch->count
                                     : array->width);
  return cells;
}

ur_status ur__batch_room(const ur__array *arrays, int count, int length, int source, ur__batch *out) {
  size_t cells = 0; /* four bytes each, tokens and floats alike */
  *out = (ur__batch){.arrays = arrays, .count = count, .length = length, .source = source};
  for (int i = 0; arrays[i].name != NULL; i++) cells += ur__array_cells(&arrays[i], out);
  int32_t *room = ur__alloc_array(cells + 2 * (size_t)count, sizeof *room);
  if (room == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d sequences", count);
  out->lengths = room;
  out->source_lengths = room + count;
  room += 2 * count;
  for (int i = 0; arrays[i].name != NULL; i++) {
    out->cells[i] = room;
    room += ur__array_cells(&arrays[i], out);
  }
  return UR_OK;
}

void ur__batch_free(ur__batch *batch) {
  ur__free(batch->lengths); /* where the room begins */
  *batch = (ur__batch){0};
}

static void *cells_of(const ur__batch *batch, const char *name, int real) {
  const int row = ur__array_find(batch->arrays, name);
  return row >= 0 && batch->arrays[row].real == real ? batch->cells[row] : NULL;
}

int32_t *ur__batch_tokens(const ur__batch *batch, const char *name) { return cells_of(batch, name, 0); }
float *ur__batch_reals(const ur__batch *batch, const char *name) { return cells_of(batch, name, 1); }

void ur__batch_source(const ur__batch *batch, int32_t *out) {
  const int32_t *tokens = ur__batch_tokens(batch, "source");
  for (int s = 0; s < batch->source; s++) out[s] = tokens != NULL ? tokens[s * batch->count] : -1;
}

/* Of `steps` of sequence b: up to the last that is no padding. */
static int length_in(const int32_t *cells, int32_t padding, int steps, int count, int b) {
  while (steps > 0 && cells[(steps - 1) * count + b] == padding) steps--;
  return steps;
}

void ur__batch_derive(ur__batch *batch) {
  const ur__array *arrays = batch->arrays;
  const int y = ur__array_find(arrays, "y");
  for (int b = 0; b < batch->count; b++) batch->lengths[b] = batch->length;
  if (arrays[0].axes[0] == 'S' && arrays[0].padding == UR__NO_PADDING)
    for (int b = 0; b < batch->count; b++) batch->source_lengths[b] = batch->source;
  for (int i = 0; arrays[i].name != NULL; i++) {
    const int source = arrays[i].axes[0] == 'S';
    if (arrays[i].padding == UR__NO_PADDING || (!source && arrays[i].axes[0] != 'T')) continue;
    for (int b = 0; b < batch->count; b++)
      (source ? batch->source_lengths : batch->lengths)[b] = length_in(
          batch->cells[i], arrays[i].padding, source ? batch->source : batch->length, batch->count, b);
  }
  const size_t cells = ur__array_cells(&arrays[y], batch);
  batch->predicted = (uint32_t)(arrays[y].real ? cells / (size_t)arrays[y].width : cells);
  const float *counted = ur__batch_reals(batch, "counted");
  for (int i = 0; counted != NULL && i < batch->length * batch->count; i++)
    batch->predicted -= counted[i] == 0;
  if (arrays[y].padding == UR__NO_PADDING) return;
  for (size_t i = 0; i < cells; i++) batch->predicted -= ((int32_t *)batch->cells[y])[i] == arrays[y].padding;
}

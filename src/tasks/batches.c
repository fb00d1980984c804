#include "batches.h"

#include <string.h>

#include "alloc.h"

static uint32_t length_of(const ur__corpus *corpus, uint32_t sequence) {
  return corpus->starts[sequence + 1] - corpus->starts[sequence];
}

/* Stable, by counting: sequences of one length are evaluated together, without padding. */
static void sort_by_length(const ur__corpus *corpus, uint32_t *items, uint32_t n, uint32_t *room) {
  uint32_t at = 0;
  for (uint32_t length = 0; length <= UR__SEQUENCE_MAX; length++) {
    for (uint32_t i = 0; i < n; i++) {
      if (length_of(corpus, items[i]) == length) room[at++] = items[i];
    }
  }
  memcpy(items, room, n * sizeof *items);
}

ur_status ur__batches_create(const ur__corpus *corpus, uint64_t seed, double validation_share,
                             ur__batches *out) {
  const uint32_t n = corpus->sequences;
  ur__keys keys = {corpus->tokens, corpus->starts, n};
  *out = (ur__batches){.corpus = corpus, .seed = seed};
  out->order = ur__alloc_array(n, sizeof *out->order);
  out->shuffled = ur__alloc_array((size_t)n + 1, sizeof *out->shuffled);
  if (corpus->tunes != NULL && out->shuffled != NULL) { /* a strain's key is its tune: one token */
    for (uint32_t i = 0; i <= n; i++) out->shuffled[i] = i;
    keys = (ur__keys){corpus->tunes, out->shuffled, n};
  }
  const ur_status status =
      out->order == NULL || out->shuffled == NULL
          ? ur_fail(UR_E_MEMORY, "", "there is no memory left to shuffle %u sequences", (unsigned)n)
          : ur__split(&keys, seed, validation_share, out->order, &out->sides);
  if (status != UR_OK) {
    ur__batches_free(out);
    return status;
  }
  const ur__sides *sides = &out->sides;
  sort_by_length(corpus, out->order, sides->train, out->shuffled);
  sort_by_length(corpus, out->order + sides->train, sides->validation, out->shuffled);
  ur__batches_seek(out, 0, 0);
  return UR_OK;
}

void ur__batches_free(ur__batches *batches) {
  ur__free(batches->order);
  ur__free(batches->shuffled);
  *batches = (ur__batches){0};
}

void ur__batches_seek(ur__batches *batches, uint64_t epoch, uint32_t cursor) {
  ur_rng stream = ur_rng_stream(batches->seed, "data", epoch);
  memcpy(batches->shuffled, batches->order, batches->sides.train * sizeof *batches->order);
  ur__shuffle(batches->shuffled, batches->sides.train, &stream);
  batches->epoch = epoch;
  batches->cursor = cursor;
}

static void mark(const int32_t *tokens, const uint32_t *start, uint8_t side, uint8_t *where) {
  for (uint32_t t = start[0]; t < start[1]; t++) where[tokens[t]] |= side;
}

void ur__batches_symbols(const ur__batches *batches, uint8_t *where) {
  const ur__corpus *corpus = batches->corpus;
  for (uint32_t i = 0; i < corpus->sequences; i++) {
    const uint8_t side = i < batches->sides.train ? UR__IN_TRAINING : UR__IN_UNSEEN;
    mark(corpus->tokens, corpus->starts + batches->order[i], side, where);
    if (corpus->targets != NULL)
      mark(corpus->targets, corpus->target_starts + batches->order[i], side, where);
  }
}

ur__picked ur__batches_next(ur__batches *batches, int size) {
  if (batches->cursor == batches->sides.train) ur__batches_seek(batches, batches->epoch + 1, 0);
  const uint32_t left = batches->sides.train - batches->cursor,
                 count = left < (uint32_t)size ? left : (uint32_t)size;
  const ur__picked picked = {batches->shuffled + batches->cursor, (int)count};
  batches->cursor += count;
  return picked;
}

void ur__batch_fill(const ur__corpus *corpus, ur__picked picked, ur__batch *batch) {
  const uint32_t ends = !corpus->pieces;
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y");
  uint32_t longest = 0;
  for (int b = 0; b < picked.count; b++) {
    const uint32_t length = length_of(corpus, picked.sequences[b]);
    if (length > longest) longest = length;
  }
  batch->count = picked.count;
  batch->length = (int)(longest + ends);
  for (int b = 0; b < picked.count; b++) {
    const int32_t *tokens = corpus->tokens + corpus->starts[picked.sequences[b]];
    const int length = (int)length_of(corpus, picked.sequences[b]);
    for (int t = 0; t < batch->length; t++) {
      const int at = t * picked.count + b;
      x[at] = t == 0 ? UR__START : t <= length ? tokens[t - 1] : UR__END;
      y[at] = t < length ? tokens[t] : t == length && ends ? UR__END : -1;
    }
  }
  ur__batch_derive(batch);
}

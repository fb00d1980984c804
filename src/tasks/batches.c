#include "batches.h"

#include <string.h>

#include "alloc.h"
#include "unroll/rng.h"

/* Fisher and Yates, from the end, as Durstenfeld 1964 writes it. */
static void shuffle(uint32_t *items, uint32_t n, ur_rng *stream) {
  for (uint32_t i = n; i > 1; i--) {
    const uint32_t j = ur_rng_below(stream, i), kept = items[i - 1];
    items[i - 1] = items[j];
    items[j] = kept;
  }
}

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
  uint32_t unseen = (uint32_t)(n * validation_share + 0.5);
  if (unseen < 1) unseen = 1;
  if (unseen > n - 1) unseen = n - 1;
  *out = (ur__batches){.corpus = corpus, .seed = seed, .train = n - unseen, .validation = unseen};
  out->order = ur__alloc_array(n, sizeof *out->order);
  out->shuffled = ur__alloc_array(n, sizeof *out->shuffled);
  if (out->order == NULL || out->shuffled == NULL) {
    ur__batches_free(out);
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to shuffle %u sequences", (unsigned)n);
  }
  ur_rng stream = ur_rng_stream(seed, "split", 0);
  for (uint32_t i = 0; i < n; i++) out->order[i] = i;
  shuffle(out->order, n, &stream);
  sort_by_length(corpus, out->order, out->train, out->shuffled);
  sort_by_length(corpus, out->order + out->train, unseen, out->shuffled);
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
  memcpy(batches->shuffled, batches->order, batches->train * sizeof *batches->order);
  shuffle(batches->shuffled, batches->train, &stream);
  batches->epoch = epoch;
  batches->cursor = cursor;
}

ur__picked ur__batches_next(ur__batches *batches, int size) {
  if (batches->cursor == batches->train) ur__batches_seek(batches, batches->epoch + 1, 0);
  const uint32_t left = batches->train - batches->cursor,
                 count = left < (uint32_t)size ? left : (uint32_t)size;
  const ur__picked picked = {batches->shuffled + batches->cursor, (int)count};
  batches->cursor += count;
  return picked;
}

void ur__batch_fill(const ur__corpus *corpus, ur__picked picked, ur__batch *batch) {
  const uint32_t ends = !corpus->pieces;
  uint32_t longest = 0;
  batch->predicted = 0;
  for (int b = 0; b < picked.count; b++) {
    const uint32_t length = length_of(corpus, picked.sequences[b]);
    if (length > longest) longest = length;
    batch->predicted += length + ends;
  }
  batch->count = picked.count;
  batch->length = (int)(longest + ends);
  for (int b = 0; b < picked.count; b++) {
    const int32_t *tokens = corpus->tokens + corpus->starts[picked.sequences[b]];
    const int length = (int)length_of(corpus, picked.sequences[b]);
    for (int t = 0; t < batch->length; t++) {
      const int at = t * picked.count + b;
      batch->x[at] = t == 0 ? UR__START : t <= length ? tokens[t - 1] : UR__END;
      batch->y[at] = t < length ? tokens[t] : t == length && ends ? UR__END : -1;
    }
  }
}

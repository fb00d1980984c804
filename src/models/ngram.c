#include "ngram.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"

enum { START, END };

/* The context of `order` - 1 tokens before position n, filled up with <start> at the left. */
static int64_t context_key(const int32_t *tokens, int n, int order) {
  int64_t key = 0;
  for (int i = n - (order - 1); i < n; i++) key = key << UR__NGRAM_BITS | (i < 0 ? START : tokens[i]);
  return key;
}

static int ascending(const void *a, const void *b) {
  const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
  return (left > right) - (left < right);
}

static size_t lower_bound(const int64_t *keys, size_t low, size_t high, int64_t key) {
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (keys[middle] < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

ur_status ur__ngram_create(int order, double kappa, int vocabulary_size, size_t predicted, ur__ngram *out) {
  *out =
      (ur__ngram){.order = order, .kappa = kappa, .vocabulary_size = vocabulary_size, .capacity = predicted};
  out->keys = ur__alloc_array(predicted, (size_t)order * sizeof *out->keys);
  out->counts = ur__alloc_array(predicted, (size_t)order * sizeof *out->counts);
  if (out->keys != NULL && out->counts != NULL) return UR_OK;
  ur__ngram_free(out);
  return ur_fail(UR_E_MEMORY, "", "there is no memory left to count %zu tokens", predicted);
}

void ur__ngram_free(ur__ngram *ngram) {
  ur__free(ngram->keys);
  ur__free(ngram->counts);
  *ngram = (ur__ngram){0};
}

void ur__ngram_add(ur__ngram *ngram, const int32_t *tokens, int n, int ends) {
  for (int at = 0; at < n + ends && ngram->added < ngram->capacity; at++, ngram->added++) {
    for (int k = 1; k <= ngram->order; k++)
      ngram->keys[(size_t)(k - 1) * ngram->capacity + ngram->added] =
          context_key(tokens, at, k) << UR__NGRAM_BITS | (at < n ? tokens[at] : END);
  }
}

/* Sorts each order's keys and turns runs of equal ones into counts, all moved to the front. */
void ur__ngram_finish(ur__ngram *ngram) {
  size_t out = 0;
  for (int k = 1; k <= ngram->order; k++) {
    int64_t *keys = ngram->keys + (size_t)(k - 1) * ngram->capacity;
    qsort(keys, ngram->added, sizeof *keys, ascending);
    for (size_t i = 0, run; i < ngram->added; i += run) {
      const int64_t key = keys[i];
      for (run = 1; i + run < ngram->added && keys[i + run] == key; run++) continue;
      ngram->keys[out] = key; /* out never passes the keys still to be read */
      ngram->counts[out++] = (int64_t)run;
    }
    ngram->first[k] = out;
  }
}

/* The entries of an order that begin with the tokens before position n. */
typedef struct followers {
  int64_t context;
  size_t begin, end;
} followers;

static followers find(const ur__ngram *ngram, const int32_t *tokens, int n, int order) {
  const int64_t context = context_key(tokens, n, order) << UR__NGRAM_BITS;
  const int64_t after = context + (INT64_C(1) << UR__NGRAM_BITS);
  const size_t first = ngram->first[order - 1], last = ngram->first[order];
  const size_t begin = lower_bound(ngram->keys, first, last, context);
  size_t end = begin;
  while (end < last && ngram->keys[end] < after) end++;
  return (followers){context, begin, end};
}

double ur__ngram_counts(const ur__ngram *ngram, const int32_t *tokens, int n, int order, double *counts) {
  const followers met = find(ngram, tokens, n, order);
  double total = 0;
  for (int w = 0; w < ngram->vocabulary_size; w++) counts[w] = 0;
  for (size_t i = met.begin; i < met.end; i++) {
    counts[ngram->keys[i] - met.context] = (double)ngram->counts[i];
    total += (double)ngram->counts[i];
  }
  return total;
}

void ur__ngram_mix(const ur__ngram *ngram, const int32_t *tokens, int n, int order, double *p) {
  const int V = ngram->vocabulary_size;
  if (order == 0) {
    for (int w = 0; w < V; w++) p[w] = w == START ? 0 : 1.0 / (V - 1);
    return;
  }
  const followers met = find(ngram, tokens, n, order);
  double total = 0;
  for (int w = 0; w < V; w++) p[w] *= ngram->kappa;
  for (size_t i = met.begin; i < met.end; i++) {
    p[ngram->keys[i] - met.context] += (double)ngram->counts[i];
    total += (double)ngram->counts[i];
  }
  for (int w = 0; w < V; w++) p[w] /= total + ngram->kappa;
}

void ur__ngram_next(const ur__ngram *ngram, const int32_t *tokens, int n, double *p) {
  for (int k = 0; k <= ngram->order; k++) ur__ngram_mix(ngram, tokens, n, k, p);
}

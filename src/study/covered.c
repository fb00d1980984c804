#include "unroll/covered.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "pictures.h"
#include "reading.h"

enum { ROWS = 1 + UR__PATCHES }; /* the picture, and with each patch white */

static ur_status check(const ur_trainer *trainer) {
  if (ur__has_pictures(trainer->task) && ur__reads_source(trainer->model)) return UR_OK;
  return ur_fail(UR_E_STATE, "", "%s of the task %s reads no pictures; train transformer on caption",
                 trainer->model->name, trainer->task->name);
}

/* A picture and its words, of a batch of one, in every row; in row 1 + s patch s is white. */
static void fill_rows(const ur__batch *one, ur__batch *out) {
  const float *from = ur__batch_reals(one, "source");
  float *to = ur__batch_reals(out, "source");
  static const char *const names[] = {"x", "y"};
  out->count = ROWS, out->length = one->length, out->source = one->source;
  for (int s = 0; s < UR__PATCHES; s++)
    for (int row = 0; row < ROWS; row++)
      for (int i = 0; i < UR__PATCH_NUMBERS; i++) *to++ = row == 1 + s ? 1 : from[s * UR__PATCH_NUMBERS + i];
  for (int a = 0; a < 2; a++) {
    const int32_t *tokens = ur__batch_tokens(one, names[a]);
    int32_t *rows = ur__batch_tokens(out, names[a]);
    for (int t = 0; t < one->length; t++)
      for (int row = 0; row < ROWS; row++) *rows++ = tokens[t];
  }
  ur__batch_derive(out);
}

/* Mean over blocks and heads of the first row's weights: [T,S]. */
static void read_looks(ur_tape *tape, int steps, float *out) {
  int looks = 0;
  memset(out, 0, (size_t)(steps * UR__PATCHES) * sizeof *out);
  for (int b = 1;; b++) {
    char path[32];
    snprintf(path, sizeof path, "decoder.%d.cross.a", b);
    const int id = ur_tape_find(tape, path);
    if (id == UR_NODE_NONE) break;
    const int heads = ur_tape_node(tape, id).shape[0], row = steps * UR__PATCHES;
    const float *a = ur_tape_value(tape, id); /* [A,B,T,S] */
    for (int head = 0; head < heads; head++, looks++, a += ROWS * row)
      for (int i = 0; i < row; i++) out[i] += a[i];
  }
  for (int i = 0; i < steps * UR__PATCHES; i++) out[i] /= (float)looks;
}

/* One run over all rows. */
static ur_status measure(ur_trainer *trainer, const ur__batch *rows, float *looks, float *falls,
                         float *log_p) {
  ur_tape *tape = trainer->net.evaluate;
  ur_status status = ur__net_feed(tape, rows);
  if (status == UR_OK) status = ur_tape_forward(tape);
  if (status != UR_OK) return status;
  const float *losses = ur_tape_value(tape, ur_tape_find(tape, "J_t"));
  for (int t = 0; t < rows->length; t++, losses += ROWS) {
    log_p[t] = -losses[0];
    for (int s = 0; s < UR__PATCHES; s++) falls[t * UR__PATCHES + s] = losses[1 + s] - losses[0];
  }
  read_looks(tape, rows->length, looks);
  return UR_OK;
}

static ur_status room(int T, ur_covered *out) {
  const size_t S = UR__PATCHES, C = UR__PATCH_NUMBERS, cells = S * C + (size_t)T * (2 * S + 4);
  float *at = out->memory = ur__alloc_array(cells, sizeof *at);
  if (at == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to cover patches");
  out->patches = (int)S, out->numbers = (int)C, out->steps = T;
  out->picture = at, at += S * C;
  out->looks = at, at += (size_t)T * S;
  out->falls = at, at += (size_t)T * S;
  out->log_p = at, at += T;
  out->words = (int32_t *)at, at += T;
  out->right = (int32_t *)at, at += T;
  out->places = (int32_t *)at;
  return UR_OK;
}

/* The right words of a picture, and where they point. */
static void read_right(const ur_trainer *trainer, const char *text, ur_covered *out) {
  ur__picture picture;
  int32_t said[UR__PICTURE_WORDS], *right = (int32_t *)out->right, *places = (int32_t *)out->places;
  int n = 0;
  if (ur__picture_read(text, &picture) == UR_OK) n = ur__picture_write(trainer->task, &picture, said);
  for (int t = 0; t < out->steps; t++) {
    right[t] = t < n ? said[t] : n > 0 && t == n ? UR__END : -1;
    places[t] = ur__picture_place(&picture, n, t);
  }
}

static ur_status read_batch(ur_trainer *trainer, const ur__batch *one, ur_covered *out) {
  ur__batch rows = {0};
  ur_status status = ur__batch_room(trainer->task->arrays, ROWS, one->length, UR__PATCHES, &rows);
  if (status == UR_OK) status = room(one->length, out);
  if (status == UR_OK) {
    fill_rows(one, &rows);
    memcpy((float *)out->picture, ur__batch_reals(one, "source"),
           UR__PATCHES * UR__PATCH_NUMBERS * sizeof(float));
    memcpy((int32_t *)out->words, ur__batch_tokens(one, "y"), (size_t)one->length * sizeof *out->words);
    status = measure(trainer, &rows, (float *)out->looks, (float *)out->falls, (float *)out->log_p);
  }
  ur__batch_free(&rows);
  return status;
}

ur_status ur_covered_read(ur_trainer *trainer, const char *picture, const char *target, ur_covered *out) {
  ur__batch one;
  *out = (ur_covered){0};
  ur_status status = check(trainer);
  if (status == UR_OK) status = ur__reading_pair(trainer, picture, target, &one);
  if (status != UR_OK) return status;
  if (one.length > trainer->net.room.length)
    status = ur_fail(UR_E_TEXT, "target", "there are %d words; write at most %d", one.length - 1,
                     trainer->net.room.length - 1);
  if (status == UR_OK) status = read_batch(trainer, &one, out);
  if (status == UR_OK) read_right(trainer, picture, out);
  ur__batch_free(&one);
  if (status != UR_OK) ur_covered_free(out);
  return status;
}

void ur_covered_free(ur_covered *covered) {
  ur__free(covered->memory);
  *covered = (ur_covered){0};
}

/* ---- over many ---- */
static void add(const ur__picture *picture, int n, const float *looks, const float *falls,
                ur_cover_counts *out) {
  for (int t = 0; t <= n; t++, looks += UR__PATCHES, falls += UR__PATCHES) {
    const int place = ur__picture_place(picture, n, t);
    const int looked = ur__net_largest(looks, UR__PATCHES), missed = ur__net_largest(falls, UR__PATCHES);
    const ur_cover_kind kind = place < 0              ? UR_COVER_OTHER
                               : t == 0 || t == n - 2 ? UR_COVER_COLOUR
                                                      : UR_COVER_SHAPE;
    out->words[kind]++;
    out->looked[kind] += looked == place;
    out->missed[kind] += missed == place;
    out->look[kind] += (double)looks[looked];
    out->fall[kind] += (double)falls[looked];
  }
}

static ur_status count(ur_trainer *trainer, ur__batch *one, ur__batch *rows, ur_cover_counts *out) {
  float looks[UR__PATCHES * (UR__PICTURE_WORDS + 1)], falls[UR__PATCHES * (UR__PICTURE_WORDS + 1)],
      log_p[UR__PICTURE_WORDS + 1];
  int32_t said[UR__PICTURE_WORDS];
  ur_status status = UR_OK;
  for (int i = 0; i < out->pictures && status == UR_OK; i++) {
    const ur__picture picture = ur__examples_picture(&trainer->examples, (uint64_t)i);
    const int n = ur__picture_write(trainer->task, &picture, said);
    one->source = UR__PATCHES, one->length = n + 1;
    ur__picture_fill(trainer->task, ur__task_values(&trainer->settings), &picture, 0, one);
    fill_rows(one, rows);
    status = measure(trainer, rows, looks, falls, log_p);
    if (status == UR_OK) add(&picture, n, looks, falls, out);
  }
  for (int kind = 0; kind < UR_COVER_KINDS; kind++) {
    const double words = out->words[kind];
    out->looked[kind] /= words, out->missed[kind] /= words;
    out->look[kind] /= words, out->fall[kind] /= words;
  }
  return status;
}

ur_status ur_cover_counts_of(ur_trainer *trainer, int pictures, ur_cover_counts *out) {
  ur__batch one = {0}, rows = {0};
  *out = (ur_cover_counts){.pictures = pictures};
  ur_status status = check(trainer);
  if (status == UR_OK && (pictures < 1 || pictures > UR__UNSEEN))
    status = ur_fail(UR_E_ARGUMENT, "pictures", "%d pictures are out of range; take 1 to %d", pictures,
                     UR__UNSEEN);
  if (status == UR_OK)
    status = ur__batch_room(trainer->task->arrays, 1, UR__PICTURE_WORDS + 1, UR__PATCHES, &one);
  if (status == UR_OK)
    status = ur__batch_room(trainer->task->arrays, ROWS, UR__PICTURE_WORDS + 1, UR__PATCHES, &rows);
  if (status == UR_OK) status = count(trainer, &one, &rows, out);
  ur__batch_free(&one);
  ur__batch_free(&rows);
  return status;
}

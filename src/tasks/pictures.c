#include "pictures.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "vocabulary.h"

enum { COLOURS = 6, SHAPES = 4, SHAPE_SIDE = 7, MIDDLE = SHAPE_SIDE / 2 };
static const char *const colours[COLOURS] = {"red", "orange", "yellow", "green", "blue", "purple"};
static const char *const shapes[SHAPES] = {"circle", "square", "triangle", "cross"};
enum { CIRCLE, SQUARE, TRIANGLE };
static const float inks[COLOURS][3] = {{0.86f, 0.12f, 0.14f}, {0.96f, 0.55f, 0.08f}, {0.97f, 0.88f, 0.12f},
                                       {0.13f, 0.62f, 0.25f}, {0.16f, 0.36f, 0.86f}, {0.56f, 0.2f, 0.66f}};

/* In ascending order; the numbers of tokens follow. */
static const char *const words[] = {"above", "and",    "blue",   "circle", "cross",  "green",    "left",
                                    "of",    "orange", "purple", "red",    "square", "triangle", "yellow"};
enum { WORDS = sizeof words / sizeof *words };

ur_status ur__picture_vocabulary(ur__corpus *out) {
  ur_status status = UR_OK;
  *out = (ur__corpus){.words = 1, .longest = UR__PATCHES};
  ur__vocabulary_begin(out, NULL);
  for (int i = 0; i < WORDS && status == UR_OK; i++) status = ur__corpus_add_token(out, words[i]);
  return status;
}

static int32_t token_of(const char *word) {
  int i = 0;
  while (strcmp(words[i], word) != 0) i++;
  return UR__MARKS + i;
}

ur__picture ur__picture_draw(ur_rng *stream) {
  ur__picture out = {.noise = (int32_t)ur_rng_below(stream, UR__PICTURE_NOISES)};
  const int down = (int)ur_rng_below(stream, 2), line = (int)ur_rng_below(stream, UR__PICTURE_SIDE),
            without = (int)ur_rng_below(stream, UR__PICTURE_SIDE); /* the place in it that stays empty */
  const uint32_t kinds = COLOURS * SHAPES;
  int thing[2] = {(int)ur_rng_below(stream, kinds), (int)ur_rng_below(stream, kinds - 1)};
  thing[1] += thing[1] >= thing[0];
  memset(out.things, -1, sizeof out.things);
  for (int i = 0, next = 0; i < UR__PICTURE_SIDE; i++)
    if (i != without)
      out.things[down ? i * UR__PICTURE_SIDE + line : line * UR__PICTURE_SIDE + i] = (int8_t)thing[next++];
  return out;
}

uint64_t ur__picture_hash(const ur__picture *picture) {
  return ur__fnv1a(UR__FNV_START, picture->things, sizeof picture->things);
}

/* Is this dot, from the middle of the shape, its ink? */
static int inked(int shape, int x, int y) {
  const int right = x < 0 ? -x : x, down = y < 0 ? -y : y;
  if (shape == CIRCLE) return x * x + y * y <= MIDDLE * MIDDLE + 1;
  if (shape == SQUARE) return 1;
  if (shape == TRIANGLE) return 2 * right <= y + MIDDLE;
  return right == 0 || down == 0;
}

/* Four bytes, evenly drawn, are almost normal together: how far off their mean, in deviations. */
static float off(uint32_t bytes) {
  const int sum =
      (int)(bytes & 255) + (int)(bytes >> 8 & 255) + (int)(bytes >> 16 & 255) + (int)(bytes >> 24);
  return (float)(sum - 510) * (1 / 147.8f); /* the root of 4 (256^2 - 1) / 12 */
}

static float clamp(float value) { return value < 0 ? 0 : value > 1 ? 1 : value; }

static void paint(const double *values, const ur__picture *picture, int patch, float *out) {
  const int thing = picture->things[patch], noisy = picture->noise >= 0;
  ur_rng stream = ur_rng_stream((uint64_t)(noisy ? picture->noise : 0), "picture", (uint64_t)patch);
  const uint64_t place = noisy ? ur_rng_u64(&stream) : 0;
  const int left = (int)(place >> 62 & 1), up = (int)(place >> 63);
  const float noise = noisy ? (float)values[UR__PICTURE_NOISE] : 0;
  if ((picture->covered >> patch & 1) != 0) {
    for (int i = 0; i < UR__PATCH_NUMBERS; i++) out[i] = 1;
    return;
  }
  for (int y = 0; y < UR__PATCH_SIDE; y++)
    for (int x = 0; x < UR__PATCH_SIDE; x++, out += 3) {
      const int dx = x - left, dy = y - up;
      const int ink = thing >= 0 && dx >= 0 && dy >= 0 && dx < SHAPE_SIDE && dy < SHAPE_SIDE &&
                      inked(thing % SHAPES, dx - MIDDLE, dy - MIDDLE);
      const uint64_t drawn = noise > 0 ? ur_rng_u64(&stream) : 0, more = noise > 0 ? ur_rng_u64(&stream) : 0;
      const uint32_t three[] = {(uint32_t)(drawn >> 32), (uint32_t)drawn, (uint32_t)(more >> 32)};
      for (int c = 0; c < 3; c++)
        out[c] = clamp((ink ? inks[thing / SHAPES][c] : 1) + (noise > 0 ? noise * off(three[c]) : 0));
    }
}

/* Where things stand, the first two of them; how many. */
static int things_of(const ur__picture *picture, int at[2]) {
  int found = 0;
  for (int patch = 0; patch < UR__PATCHES; patch++) {
    if (picture->things[patch] < 0) continue;
    if (found < 2) at[found] = patch;
    found++;
  }
  return found;
}

int ur__picture_place(const ur__picture *picture, int n, int t) {
  int at[2];
  if (t >= n || (t >= 2 && t < n - 2) || things_of(picture, at) != 2) return -1;
  return at[t >= 2];
}

int ur__picture_write(const ur__task *task, const ur__picture *picture, int32_t out[UR__PICTURE_WORDS]) {
  int at[2], n = 0;
  if (things_of(picture, at) != 2) return 0;
  const int beside = at[0] / UR__PICTURE_SIDE == at[1] / UR__PICTURE_SIDE,
            below = at[0] % UR__PICTURE_SIDE == at[1] % UR__PICTURE_SIDE;
  if (!beside && !below) return 0;
  for (int i = 0; i < 2; i++) {
    const int thing = picture->things[at[i]];
    out[n++] = token_of(colours[thing / SHAPES]);
    out[n++] = token_of(shapes[thing % SHAPES]);
    if (i > 0) break;
    out[n++] = token_of(task->kind == UR__CAPTION ? "and" : beside ? "left" : "above");
    if (task->kind == UR__RELATION && beside) out[n++] = token_of("of");
  }
  return n;
}

int ur__picture_fill(const ur__task *task, const double *values, const ur__picture *picture, int b,
                     ur__batch *batch) {
  const int B = batch->count;
  float *source = ur__batch_reals(batch, "source");
  int32_t *x = ur__batch_tokens(batch, "x"), *y = ur__batch_tokens(batch, "y"), said[UR__PICTURE_WORDS];
  const int n = ur__picture_write(task, picture, said);
  for (int patch = 0; patch < UR__PATCHES; patch++)
    paint(values, picture, patch, source + (patch * B + b) * UR__PATCH_NUMBERS);
  for (int t = 0; t < batch->length && n > 0; t++) {
    x[t * B + b] = t == 0 ? UR__START : t <= n ? said[t - 1] : UR__END;
    y[t * B + b] = t < n ? said[t] : t == n ? UR__END : -1;
  }
  return n;
}

void ur__picture_print(const ur__picture *picture, ur_buffer *out) {
  const char *before = "";
  for (int patch = 0; patch < UR__PATCHES; patch++) {
    const int thing = picture->things[patch], row = patch / UR__PICTURE_SIDE,
              column = patch % UR__PICTURE_SIDE;
    if (thing >= 0) {
      ur_buffer_print(out, "%s%s %s %d %d", before, colours[thing / SHAPES], shapes[thing % SHAPES], row,
                      column);
      before = ", ";
    }
    if ((picture->covered >> patch & 1) != 0) {
      ur_buffer_print(out, "%scover %d %d", before, row, column);
      before = ", ";
    }
  }
  if (picture->noise >= 0) ur_buffer_print(out, "%snoise %d", before, (int)picture->noise);
}

/* ---- read ---- */
typedef struct word {
  const char *text;
  int size;
} word;

static word next_word(const char **at) {
  *at += strspn(*at, " ,");
  const word out = {*at, (int)strcspn(*at, " ,")};
  *at += out.size;
  return out;
}

static int index_of(word w, const char *const *names, int count) {
  for (int i = 0; i < count; i++)
    if ((int)strlen(names[i]) == w.size && memcmp(names[i], w.text, (size_t)w.size) == 0) return i;
  return -1;
}

/* A whole number below `limit`; -1 where it is none. */
static int number_of(word w, int limit) {
  int out = 0;
  for (int i = 0; i < w.size; i++) {
    if (w.text[i] < '0' || w.text[i] > '9') return -1;
    out = 10 * out + (w.text[i] - '0');
    if (out >= limit) return -1;
  }
  return w.size > 0 ? out : -1;
}

static ur_status read_patch(const char **at, int *patch) {
  const int row = number_of(next_word(at), UR__PICTURE_SIDE),
            column = number_of(next_word(at), UR__PICTURE_SIDE);
  *patch = row * UR__PICTURE_SIDE + column;
  return row >= 0 && column >= 0
             ? UR_OK
             : ur_fail(UR_E_TEXT, "", "a place is a row and a column from 0 to 2, like red circle 0 2");
}

static ur_status read_thing(word first, const char **at, ur__picture *out) {
  static const char *const cover = "cover";
  const int colour = index_of(first, colours, COLOURS), covers = index_of(first, &cover, 1) == 0;
  const int shape = covers ? 0 : index_of(next_word(at), shapes, SHAPES);
  int patch = 0;
  if (!covers && (colour < 0 || shape < 0))
    return ur_fail(
        UR_E_TEXT, "",
        "a picture is told as red circle 0 0, blue square 0 2: red, orange, yellow, green, blue or "
        "purple; circle, square, triangle or cross; its row and its column");
  const ur_status status = read_patch(at, &patch);
  if (status != UR_OK) return status;
  if (covers) {
    out->covered |= 1u << patch;
    return UR_OK;
  }
  if (out->things[patch] >= 0)
    return ur_fail(UR_E_TEXT, "", "two things stand in row %d, column %d; there is room for one",
                   patch / UR__PICTURE_SIDE, patch % UR__PICTURE_SIDE);
  out->things[patch] = (int8_t)(colour * SHAPES + shape);
  return UR_OK;
}

ur_status ur__picture_read(const char *text, ur__picture *out) {
  static const char *const noise = "noise";
  ur_status status = UR_OK;
  *out = (ur__picture){.noise = -1};
  memset(out->things, -1, sizeof out->things);
  for (const char *at = text; status == UR_OK;) {
    const word first = next_word(&at);
    if (first.size == 0) break;
    if (index_of(first, &noise, 1) < 0) {
      status = read_thing(first, &at, out);
      continue;
    }
    out->noise = number_of(next_word(&at), UR__PICTURE_NOISES);
    if (out->noise < 0)
      status = ur_fail(UR_E_TEXT, "", "behind noise comes a whole number below %d", UR__PICTURE_NOISES);
  }
  return status;
}

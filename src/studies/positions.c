/* Where a token stands: the table p of all places, its waves between them, how alike two places are by their
 * distance, and what a sentence's words become, x~ = x + p or [x; p]. Word vectors are random, of the seed
 * and the word, and a learned table is what it begins as: both N(0, STD^2), as an encoder's are with that
 * embedding_std. */
#include <math.h>
#include <string.h>

#include "hash.h"
#include "sinusoid.h"
#include "studies.h"
#include "unroll/rng.h"

enum { KIND, JOIN, WIDTH, PLACES, COUNT_FROM, START, SETTINGS };
enum { SINUSOIDAL, LEARNED, NONE }; /* of KIND */
#define STD 0.5
enum { FINE = 8, FROM = 3, APART = 3, WORDS_MAX = 12, PLACES_MAX = 128 };
static const ur_setting settings[SETTINGS] = {
    [KIND] = {.key = "positions",
              .type = UR_SETTING_CHOICE,
              .choices = "sinusoidal|learned|none",
              .max = NONE,
              .help = "what says where a token stands"},
    [JOIN] = {.key = "positions_join",
              .type = UR_SETTING_CHOICE,
              .choices = "added|concatenated",
              .max = 1,
              .help = "to the word's vector, or beside it"},
    [WIDTH] = {.key = "width", .def = 32, .min = 2, .max = 64, .help = "numbers of a place, even"},
    [PLACES] = {.key = "places", .def = 32, .min = 12, .max = PLACES_MAX, .help = "rows of the table"},
    [COUNT_FROM] = {.key = "count_from", .def = 1, .min = 0, .max = 1, .help = "place and wave begin at"},
    [START] = {.key = "start", .max = 1000, .help = "places further on that the sentence begins"}};
enum { TEXT };
static const ur__study_input inputs[] = {
    [TEXT] = {"text", UR__TEXT, "Zuko made his uncle tea", "up to 12 words"}, {.name = NULL}};

typedef struct state {
  int width, places, words, from, start;
  uint64_t hashes[WORDS_MAX];
  double *place, *p, *fine, *sine, *cosine, *turn, *dot, *x, *at, *sum;
} state;

/* Words between spaces; their hashes, and their texts one after another in `texts`. */
static ur_status read_words(ur_study *study, state *s, char *texts, size_t size, const char **labels) {
  const char *text = ur__study_text(study, TEXT);
  for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
    const size_t length = strcspn(text, " ");
    if (s->words == WORDS_MAX)
      return ur_fail(UR_E_TEXT, "text", "there are more than %d words; write fewer", WORDS_MAX);
    if (length + 1 > size) return ur_fail(UR_E_TEXT, "text", "the words are too long; write shorter ones");
    memcpy(texts, text, length);
    texts[length] = '\0';
    labels[s->words] = texts;
    s->hashes[s->words++] = ur__fnv1a(UR__FNV_START, text, length);
    texts += length + 1;
    size -= length + 1;
    text += length;
  }
  return s->words > 0 ? UR_OK : ur_fail(UR_E_TEXT, "text", "there is no word; write at least one");
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  char texts[512];
  const char *labels[WORDS_MAX];
  const ur_status status = read_words(study, s, texts, sizeof texts, labels);
  if (status != UR_OK) return status;
  s->width = (int)ur__study_setting(study, WIDTH);
  s->places = (int)ur__study_setting(study, PLACES);
  s->from = (int)ur__study_setting(study, COUNT_FROM);
  s->start = (int)ur__study_setting(study, START);
  if (s->width % 2 != 0)
    return ur_fail(UR_E_SETTING, "width", "width %d is odd; waves come in pairs", s->width);
  if (ur__study_setting(study, KIND) == LEARNED && s->start + s->words > s->places)
    return ur_fail(UR_E_SETTING, "start", "the table has %d places; the sentence would need %d", s->places,
                   s->start + s->words);
  const int joined = ur__study_setting(study, JOIN) == 1 && ur__study_setting(study, KIND) != NONE;
  const int place = ur__study_axis(study, "place", s->places, NULL),
            column = ur__study_axis(study, "column", s->width, NULL),
            pair = ur__study_axis(study, "pair", s->width / 2, NULL),
            fine = ur__study_axis(study, "fine", (s->places - 1) * FINE + 1, NULL),
            first = ur__study_axis(study, "first", FROM, NULL),
            apart = ur__study_axis(study, "apart", s->places, NULL),
            word = ur__study_axis(study, "word", s->words, labels),
            part = ur__study_axis(study, "part", joined ? 2 * s->width : s->width, NULL);
  s->place = ur__study_places(study, place, "");
  s->fine = ur__study_places(study, fine, "");
  s->p = ur__study_array(study, "p", "", 2, (int[]){place, column});
  s->sine = ur__study_array(study, "sine", "", 2, (int[]){pair, fine});
  s->cosine = ur__study_array(study, "cosine", "", 2, (int[]){pair, fine});
  s->turn = ur__study_array(study, "turn", "places", 1, &pair);
  s->dot = ur__study_array(study, "dot", "", 2, (int[]){first, apart});
  s->x = ur__study_array(study, "x", "", 2, (int[]){word, column});
  s->at = ur__study_array(study, "at", "", 2, (int[]){word, column});
  s->sum = ur__study_array(study, "sum", "", 2, (int[]){word, part});
  return ur__study_declared(study, 1);
}

/* The vector of a place, counted from 0. */
static void fill_place(const ur_study *study, const state *s, int at, double *p) {
  const int kind = (int)ur__study_setting(study, KIND);
  ur_rng stream = ur_rng_stream(ur__study_seed(study), "places", (uint64_t)at);
  for (int j = 0; j < s->width / 2; j++) {
    const double turns = ur__sinusoid_turns(at + s->from, ur__sinusoid_wave(j, s->width, s->from));
    p[2 * j] = kind == SINUSOIDAL ? ur__sin_turns(turns) : kind == LEARNED ? STD * ur_rng_normal(&stream) : 0;
    p[2 * j + 1] = kind == SINUSOIDAL ? ur__sin_turns(turns + 0.25)
                   : kind == LEARNED  ? STD * ur_rng_normal(&stream)
                                      : 0;
  }
}

static void fill_waves(const state *s) {
  const int count = (s->places - 1) * FINE + 1;
  for (int j = 0; j < s->width / 2; j++) {
    const double wave = ur__sinusoid_wave(j, s->width, s->from);
    s->turn[j] = 1 / ur__sinusoid_turns(1, wave);
    for (int k = 0; k < count; k++) {
      const double turns = ur__sinusoid_turns(s->from + (double)k / FINE, wave);
      s->sine[j * count + k] = ur__sin_turns(turns);
      s->cosine[j * count + k] = ur__sin_turns(turns + 0.25);
    }
  }
}

static void fill_dots(const ur_study *study, const state *s) {
  double p[64], q[64];
  for (int f = 0; f < FROM; f++)
    for (int d = 0; d < s->places; d++) {
      const int from = f * APART;
      if (ur__study_setting(study, KIND) == LEARNED && from + d >= s->places) continue; /* not in the table */
      double sum = 0;
      fill_place(study, s, from, p);
      fill_place(study, s, from + d, q);
      for (int c = 0; c < s->width; c++) sum += p[c] * q[c];
      s->dot[f * s->places + d] = sum;
    }
}

static void fill_words(const ur_study *study, const state *s) {
  const int none = ur__study_setting(study, KIND) == NONE;
  const int joined = ur__study_setting(study, JOIN) == 1 && !none;
  for (int w = 0; w < s->words; w++) {
    double *x = s->x + w * s->width, *p = s->at + w * s->width;
    double *sum = s->sum + w * s->width * (joined ? 2 : 1);
    ur_rng stream = ur_rng_stream(ur__study_seed(study), "word", s->hashes[w]);
    fill_place(study, s, s->start + w, p);
    for (int c = 0; c < s->width; c++) {
      x[c] = STD * ur_rng_normal(&stream);
      sum[c] = joined ? x[c] : x[c] + p[c];
      if (joined) sum[s->width + c] = p[c];
    }
  }
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  const int kind = (int)ur__study_setting(study, KIND), fine = (s->places - 1) * FINE + 1;
  (void)i;
  for (int k = 0; k < s->places; k++) {
    s->place[k] = k + s->from;
    fill_place(study, s, k, s->p + k * s->width);
  }
  for (int k = 0; k < fine; k++) s->fine[k] = s->from + (double)k / FINE;
  if (kind == SINUSOIDAL) fill_waves(s);
  if (kind != NONE) fill_dots(study, s);
  fill_words(study, s);
  return UR_OK;
}

const ur__study ur__study_positions = {.name = "positions",
                                       .help =
                                           "the table of places, its waves, and a sentence that is told them",
                                       .settings = settings,
                                       .setting_count = SETTINGS,
                                       .inputs = inputs,
                                       .state = sizeof(state),
                                       .begin = begin,
                                       .piece = piece};

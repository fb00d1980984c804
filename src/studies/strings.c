/* A probability is a measure on texts: every string up to a length, each the product of what counting says of
 * its tokens and of <end> after them (models/ngram.h). What has ended by then and what goes on add up to 1.
 */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "studies.h"
#include "trainer.h"

enum { LONGEST, ORDER, SMOOTHING, SETTINGS };
enum { LONGEST_MAX = 16, STRINGS_MAX = 1 << 14 };
static const ur_setting settings[SETTINGS] = {
    [LONGEST] = {.key = "longest", .def = 4, .max = LONGEST_MAX, .help = "characters of the longest string"},
    [ORDER] = {.key = "order",
               .def = 2,
               .min = 1,
               .max = UR__NGRAM_ORDER_MAX,
               .help = "characters counted together"},
    [SMOOTHING] = {.key = "smoothing",
                   .type = UR_SETTING_REAL,
                   .def = 1,
                   .min = 0.001,
                   .max = 1000,
                   .help = "weight of the next lower order"}};
enum { TEXT };
static const ur__study_input inputs[] = {[TEXT] = {"text", UR__TEXT,
                                                   "ab\nba\nabb\nb\naba\nbab\na\nabab\nbb\nbaba",
                                                   "what is counted, one string a line"},
                                         {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  int longest, letters;
  double *p;                      /* [V], of the token after a prefix, for each length: [longest + 1, V] */
  double *ended, *going_on, *all; /* [longest + 1] */
  double *probability;            /* [strings] */
  int at;
} state;

/* 1 + letters + letters^2 + ... */
static long count_strings(int letters, int longest) {
  long all = 1, of_length = 1;
  for (int l = 1; l <= longest && all <= STRINGS_MAX; l++) all += of_length *= letters;
  return all;
}

static ur_status open_counts(ur_study *study, state *s) {
  const char *text = ur__study_text(study, TEXT);
  char order[16], smoothing[32];
  ur_settings of;
  ur_step_report report;
  snprintf(order, sizeof order, "%d", (int)ur__study_setting(study, ORDER));
  snprintf(smoothing, sizeof smoothing, "%.17g", ur__study_setting(study, SMOOTHING));
  ur_status status = ur_settings_init(&of, "ngram_lm", "lines");
  of.seed = ur__study_seed(study);
  if (status == UR_OK) status = ur_settings_set(&of, "order", order);
  if (status == UR_OK) status = ur_settings_set(&of, "smoothing", smoothing);
  if (status == UR_OK)
    status = ur_trainer_create(&of, (ur_bytes){(const uint8_t *)text, strlen(text)}, &s->trainer);
  return status == UR_OK ? ur_trainer_step(s->trainer, &report) : status;
}

/* The strings in the order in which they are walked: each before those that go on from it. */
static ur_status name_strings(ur_study *study, state *s, int count) {
  const size_t size = 8 * (size_t)LONGEST_MAX + 1;
  const ur__corpus *corpus = &s->trainer->corpus;
  char *texts = ur__alloc_array((size_t)count, size + sizeof(char *));
  if (texts == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for %d strings", count);
  const char **labels = (const char **)(void *)(texts);
  char *text = texts + (size_t)count * sizeof(char *);
  int tokens[LONGEST_MAX] = {0}, length = 0;
  for (int i = 0; i < count; i++, text += size) {
    labels[i] = text;
    for (int k = 0; k < length; k++)
      snprintf(text + strlen(text), 9, "%.8s", corpus->texts[UR__MARKS + tokens[k]]);
    if (length < s->longest) {
      tokens[length++] = 0;
      continue;
    }
    while (length > 0 && ++tokens[length - 1] == s->letters) length--;
  }
  const int axis = ur__study_axis(study, "string", count, labels);
  ur__free(texts);
  s->probability = ur__study_array(study, "probability", "", 1, &axis);
  return UR_OK;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  s->longest = (int)ur__study_setting(study, LONGEST);
  ur_status status = open_counts(study, s);
  if (status != UR_OK) return status;
  const int V = s->trainer->corpus.vocabulary_size;
  s->letters = V - UR__MARKS;
  const long count = count_strings(s->letters, s->longest);
  if (count > STRINGS_MAX)
    return ur_fail(UR_E_SETTING, "longest",
                   "%d characters make more than %d strings of up to %d; take fewer of either", s->letters,
                   STRINGS_MAX, s->longest);
  s->p = ur__alloc_array((size_t)s->longest + 1, (size_t)V * sizeof *s->p);
  if (s->p == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to count");
  status = name_strings(study, s, (int)count);
  if (status != UR_OK) return status;
  const int l = ur__study_axis(study, "length", s->longest + 1, NULL);
  double *lengths = ur__study_places(study, l, "characters");
  s->ended = ur__study_array(study, "ended", "", 1, &l);
  s->going_on = ur__study_array(study, "going_on", "", 1, &l);
  s->all = ur__study_array(study, "all", "", 1, &l);
  for (int i = 0; i <= s->longest && s->all != NULL; i++)
    lengths[i] = i, s->ended[i] = s->going_on[i] = s->all[i] = 0;
  return ur__study_declared(study, 1);
}

/* All strings that begin with these tokens, of probability `so_far`. */
static void walk(state *s, int32_t *tokens, int length, double so_far) {
  const int V = s->trainer->corpus.vocabulary_size;
  double *p = s->p + (size_t)length * (size_t)V;
  ur__ngram_next(&s->trainer->ngram, tokens, length, p);
  const double ends = so_far * p[UR__END];
  s->probability[s->at++] = ends;
  s->ended[length] += ends;
  for (int w = UR__MARKS; w < V; w++) s->going_on[length] += so_far * p[w];
  for (int w = UR__MARKS; w < V && length < s->longest; w++) {
    tokens[length] = w;
    walk(s, tokens, length + 1, so_far * p[w]);
  }
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  int32_t tokens[LONGEST_MAX + 1] = {0};
  double ended = 0;
  (void)study, (void)i;
  walk(s, tokens, 0, 1);
  for (int l = 0; l <= s->longest; l++) {
    ended += s->ended[l];
    s->all[l] = ended + s->going_on[l];
  }
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
  ur__free(s->p);
}

const ur__study ur__study_strings = {.name = "strings",
                                     .help = "all short strings with <end>: probabilities that add up to 1",
                                     .settings = settings,
                                     .setting_count = SETTINGS,
                                     .inputs = inputs,
                                     .state = sizeof(state),
                                     .begin = begin,
                                     .piece = piece,
                                     .end = end};

/* A probability is a measure on texts: every string up to a length, each the product of what counting says of
 * its tokens and of <end> after them (models/ngram.h). What has ended by then and what goes on add up to 1.
 */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "counted.h"

enum { LONGEST, FURTHER, ORDER, SMOOTHING, SETTINGS };
enum { LONGEST_MAX = 16, FURTHER_MAX = 40, STRINGS_MAX = 1 << 14, CONTEXTS_MAX = 1 << 15 };
static const ur_setting settings[SETTINGS] = {
    [LONGEST] = {.key = "longest", .def = 4, .max = LONGEST_MAX, .help = "characters of the longest string"},
    [FURTHER] = {.key = "further",
                 .max = FURTHER_MAX,
                 .help = "to this length what has ended is added up, without a name for each string"},
    [ORDER] = {.key = "order",
               .def = 2,
               .min = 1,
               .max = UR__NGRAM_ORDER_MAX,
               .help = "characters counted together"},
    [SMOOTHING] = UR__ROW_SMOOTHING(1)};
enum { TEXT };
static const ur__study_input inputs[] = {[TEXT] = {"text", UR__TEXT,
                                                   "ab\nba\nabb\nb\naba\nbab\na\nabab\nbb\nbaba",
                                                   "what is counted, one string a line; none for the names"},
                                         {.name = NULL}};

typedef struct state {
  ur_trainer *trainer;
  int longest, further, letters, order;
  double *p;                      /* [V], of the token after a prefix, for each length: [longest + 1, V] */
  double *ended, *going_on, *all; /* [further + 1] */
  double *probability, *reached;  /* [strings]: of the string with <end>, and of all that begin with it */
  size_t contexts;                /* 0 where nothing goes further than the longest */
  double *mass, *next;            /* [contexts] each: of the strings of this length that have this context */
  int at;
} state;

/* 1 + letters + letters^2 + ... */
static long count_strings(int letters, int longest) {
  long all = 1, of_length = 1;
  for (int l = 1; l <= longest && all <= STRINGS_MAX; l++) all += of_length *= letters;
  return all;
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
  s->reached = ur__study_array(study, "reached", "", 1, &axis);
  return UR_OK;
}

/* A context is the order - 1 tokens before, the last one lowest, <start> counted as 0. */
static ur_status open_contexts(state *s) {
  if (s->further <= s->longest) return UR_OK;
  s->contexts = 1;
  for (int k = 1; k < s->order && s->contexts <= CONTEXTS_MAX; k++) s->contexts *= (size_t)s->letters + 1;
  if (s->contexts > CONTEXTS_MAX)
    return ur_fail(UR_E_SETTING, "order",
                   "%d characters make more than %d contexts of %d; take a lower order, or no further length",
                   s->letters, CONTEXTS_MAX, s->order - 1);
  s->mass = ur__alloc_array(2 * s->contexts, sizeof *s->mass);
  if (s->mass == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left for the contexts");
  s->next = s->mass + s->contexts;
  memset(s->mass, 0, 2 * s->contexts * sizeof *s->mass);
  return UR_OK;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  s->longest = (int)ur__study_setting(study, LONGEST);
  s->further = (int)ur__study_setting(study, FURTHER);
  if (s->further < s->longest) s->further = s->longest;
  s->order = (int)ur__study_setting(study, ORDER);
  ur_status status = ur__counted_open(study, ur__study_text(study, TEXT), s->order,
                                      ur__study_setting(study, SMOOTHING), &s->trainer);
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
  if (status == UR_OK) status = open_contexts(s);
  if (status != UR_OK) return status;
  const int l = ur__study_axis(study, "length", s->further + 1, NULL);
  double *lengths = ur__study_places(study, l, "characters");
  s->ended = ur__study_array(study, "ended", "", 1, &l);
  s->going_on = ur__study_array(study, "going_on", "", 1, &l);
  s->all = ur__study_array(study, "all", "", 1, &l);
  for (int i = 0; i <= s->further && s->all != NULL; i++)
    lengths[i] = i, s->ended[i] = s->going_on[i] = s->all[i] = 0;
  return ur__study_declared(study, 1 + s->further - s->longest);
}

/* The context of a prefix, from its last tokens. */
static size_t context_of(const state *s, const int32_t *tokens, int length) {
  size_t context = 0;
  for (int i = length - (s->order - 1); i < length; i++)
    context = context * ((size_t)s->letters + 1) + (i < 0 ? 0 : (size_t)(tokens[i] - UR__MARKS + 1));
  return context;
}

/* All strings that begin with these tokens, of probability `so_far`. */
static void walk(state *s, int32_t *tokens, int length, double so_far) {
  const int V = s->trainer->corpus.vocabulary_size;
  double *p = s->p + (size_t)length * (size_t)V;
  ur__ngram_next(&s->trainer->ngram, tokens, length, p);
  const double ends = so_far * p[UR__END];
  s->reached[s->at] = so_far;
  s->probability[s->at++] = ends;
  s->ended[length] += ends;
  for (int w = UR__MARKS; w < V; w++) s->going_on[length] += so_far * p[w];
  for (int w = UR__MARKS; w < V; w++) {
    tokens[length] = w;
    if (length < s->longest)
      walk(s, tokens, length + 1, so_far * p[w]);
    else if (s->contexts > 0)
      s->next[context_of(s, tokens, length + 1)] += so_far * p[w];
  }
}

/* All strings of a length at once, by what they end in: what has the same context goes on alike. */
static void lengthen(state *s, int length) {
  const size_t base = (size_t)s->letters + 1;
  double *mass = s->next, *p = s->p;
  s->next = s->mass, s->mass = mass;
  memset(s->next, 0, s->contexts * sizeof *s->next);
  for (size_t context = 0; context < s->contexts; context++) {
    int32_t tokens[UR__NGRAM_ORDER_MAX];
    size_t rest = context;
    int n = 0;
    if (mass[context] == 0) continue;
    for (int i = s->order - 2; i >= 0; i--, rest /= base) {
      tokens[i] = (int32_t)(rest % base) - 1 + UR__MARKS;
      n += rest % base > 0;
    }
    ur__ngram_next(&s->trainer->ngram, tokens + (s->order - 1 - n), n, p);
    s->ended[length] += mass[context] * p[UR__END];
    for (int w = 0; w < s->letters; w++) {
      const double goes_on = mass[context] * p[UR__MARKS + w];
      s->going_on[length] += goes_on;
      s->next[(context * base + (size_t)w + 1) % s->contexts] += goes_on;
    }
  }
}

static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  int32_t tokens[LONGEST_MAX + 1] = {0};
  (void)study;
  if (i > 0)
    lengthen(s, s->longest + i);
  else
    walk(s, tokens, 0, 1);
  for (int l = i > 0 ? s->longest + i : 0; l <= s->longest + i; l++) {
    double ended = 0;
    for (int k = 0; k <= l; k++) ended += s->ended[k];
    s->all[l] = ended + s->going_on[l];
  }
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
  ur__free(s->p);
  ur__free(s->mass < s->next ? s->mass : s->next);
}

const ur__study ur__study_strings = {.name = "strings",
                                     .help = "all short strings with <end>: probabilities that add up to 1",
                                     .settings = settings,
                                     .setting_count = SETTINGS,
                                     .inputs = inputs,
                                     .reads = "names",
                                     .state = sizeof(state),
                                     .begin = begin,
                                     .piece = piece,
                                     .end = end};

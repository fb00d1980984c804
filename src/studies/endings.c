/* How a beginning is likeliest to go on, END counted: the best first, exactly. What has not ended is no
 * likelier than any text that begins with it, so the first that comes up with its END is the likeliest of
 * all. */
#include <string.h>

#include "alloc.h"
#include "counted.h"
#include "vocabulary.h"

enum { ORDER, SMOOTHING, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [ORDER] = UR__ROW_ORDER(4), [SMOOTHING] = UR__ROW_SMOOTHING(12)};
enum { BEGINNING, TEXT };
static const ur__study_input inputs[] = {
    [BEGINNING] = {"beginning", UR__TEXT, "ste", "what is there already"},
    [TEXT] = UR__COUNTED_TEXT,
    {.name = NULL}};

enum { LETTERS_MAX = 24, SHOWN = 8, OPEN_MAX = 1 << 16 };
typedef struct open_text {
  double p;
  int8_t n, ended;
  int16_t tokens[LETTERS_MAX];
} open_text;
typedef struct state {
  ur_trainer *trainer;
  open_text *heap; /* the likeliest first */
  int count, found;
  double *next; /* [V] */
  open_text best[SHOWN];
} state;

static int before(const open_text *a, const open_text *b) { return a->p > b->p; }

static void push(state *s, const open_text *one) {
  int i = s->count++;
  for (; i > 0 && before(one, &s->heap[(i - 1) / 2]); i = (i - 1) / 2) s->heap[i] = s->heap[(i - 1) / 2];
  s->heap[i] = *one;
}

static open_text pop(state *s) {
  const open_text top = s->heap[0], last = s->heap[--s->count];
  int i = 0;
  for (int child; (child = 2 * i + 1) < s->count; i = child) {
    if (child + 1 < s->count && before(&s->heap[child + 1], &s->heap[child])) child++;
    if (!before(&s->heap[child], &last)) break;
    s->heap[i] = s->heap[child];
  }
  s->heap[i] = last;
  return top;
}

/* What can come next, each a text of its own. UR_E_STATE where there are too many. */
static ur_status go_on(state *s, const open_text *from) {
  const int V = s->trainer->corpus.vocabulary_size;
  int32_t tokens[LETTERS_MAX];
  if (s->count + V > OPEN_MAX)
    return ur_fail(UR_E_SETTING, "smoothing",
                   "more than %d beginnings are about as likely; smooth less, or write more of it", OPEN_MAX);
  for (int i = 0; i < from->n; i++) tokens[i] = from->tokens[i];
  ur__ngram_next(&s->trainer->ngram, tokens, from->n, s->next);
  for (int w = UR__END; w < V; w++) {
    open_text one = *from;
    one.p *= s->next[w];
    if (w == UR__END)
      one.ended = 1;
    else if (one.n == LETTERS_MAX)
      continue;
    else
      one.tokens[one.n++] = (int16_t)w;
    push(s, &one);
  }
  return UR_OK;
}

static ur_status search(state *s) {
  ur_status status = UR_OK;
  while (status == UR_OK && s->found < SHOWN && s->count > 0) {
    const open_text top = pop(s);
    if (top.ended)
      s->best[s->found++] = top;
    else
      status = go_on(s, &top);
  }
  return status;
}

static ur_status declare(ur_study *study, const state *s) {
  char texts[SHOWN][LETTERS_MAX * 8];
  const char *labels[SHOWN];
  for (int i = 0; i < s->found; i++) {
    int32_t tokens[LETTERS_MAX];
    for (int k = 0; k < s->best[i].n; k++) tokens[k] = s->best[i].tokens[k];
    ur__counted_write(&s->trainer->corpus, tokens, s->best[i].n, texts[i], sizeof texts[i]);
    labels[i] = texts[i];
  }
  const int axis = ur__study_axis(study, "text", s->found, labels);
  double *p = ur__study_array(study, "p", "of the beginning", 1, &axis);
  for (int i = 0; i < s->found && p != NULL; i++) p[i] = s->best[i].p;
  return ur__study_declared(study, 1);
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  int32_t given[LETTERS_MAX];
  int n = 0;
  ur_status status =
      ur__counted_open(study, ur__study_text(study, TEXT), (int)ur__study_setting(study, ORDER),
                       ur__study_setting(study, SMOOTHING), &s->trainer);
  if (status == UR_OK)
    status =
        ur__corpus_encode(&s->trainer->corpus, ur__study_text(study, BEGINNING), given, LETTERS_MAX - 1, &n);
  if (status != UR_OK) return status;
  s->heap = ur__alloc_array(OPEN_MAX, sizeof *s->heap);
  s->next = ur__alloc_array((size_t)s->trainer->corpus.vocabulary_size, sizeof *s->next);
  if (s->heap == NULL || s->next == NULL)
    return ur_fail(UR_E_MEMORY, "", "there is no memory left to look for endings");
  open_text first = {.p = 1, .n = (int8_t)n};
  for (int i = 0; i < n; i++) first.tokens[i] = (int16_t)given[i];
  push(s, &first);
  status = search(s);
  return status == UR_OK ? declare(study, s) : status;
}

static ur_status piece(ur_study *study, void *from, int i) {
  (void)study, (void)from, (void)i;
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
  ur__free(s->heap);
  ur__free(s->next);
}

const ur__study ur__study_endings = {.name = "endings",
                                     .help = "how a beginning is likeliest to go on to its end",
                                     .settings = settings,
                                     .setting_count = SETTINGS,
                                     .inputs = inputs,
                                     .reads = "names",
                                     .state = sizeof(state),
                                     .begin = begin,
                                     .piece = piece,
                                     .end = end};

/* The probability of a text as a chain: for each token, and <end> after the last, what came after its context
 * in the text that is counted, what that says with smoothing, and what has come so far. By every order at
 * once: p_n is made of p_{n-1} (models/ngram.h). */
#include "counted.h"
#include "real.h"
#include "vocabulary.h"

enum { SMOOTHING, SETTINGS };
static const ur_setting settings[SETTINGS] = {[SMOOTHING] = UR__ROW_SMOOTHING(12)};
enum { NAME, TEXT };
static const ur__study_input inputs[] = {[NAME] = {"name", UR__TEXT, "amelia", "whose probability is asked"},
                                         [TEXT] = UR__COUNTED_TEXT,
                                         {.name = NULL}};

enum { ORDERS = UR__NGRAM_ORDER_MAX + 1 };
typedef struct state {
  ur_trainer *trainer;
  int32_t tokens[UR__SEQUENCE_MAX + 1]; /* with <end> */
  int steps, vocabulary;
  double *came, *count, *p;                          /* [step]; [order, step, token] twice */
  double *total, *chosen, *log_p, *sum, *perplexity; /* [order, step] */
} state;

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  ur_status status = ur__counted_open(study, ur__study_text(study, TEXT), UR__NGRAM_ORDER_MAX,
                                      ur__study_setting(study, SMOOTHING), &s->trainer);
  if (status != UR_OK) return status;
  const ur__corpus *corpus = &s->trainer->corpus;
  int n = 0;
  status = ur__corpus_encode(corpus, ur__study_text(study, NAME), s->tokens, UR__SEQUENCE_MAX, &n);
  if (status != UR_OK) return status;
  const char *texts[UR__VOCABULARY_MAX], *came[UR__SEQUENCE_MAX + 1];
  s->tokens[n] = UR__END;
  s->steps = n + 1;
  s->vocabulary = corpus->vocabulary_size;
  for (int w = 0; w < s->vocabulary; w++) texts[w] = corpus->texts[w];
  for (int t = 0; t < s->steps; t++) came[t] = texts[s->tokens[t]];
  const int order = ur__study_axis(study, "order", ORDERS, NULL),
            step = ur__study_axis(study, "step", s->steps, came),
            token = ur__study_axis(study, "token", s->vocabulary, texts);
  const int cells[] = {order, step, token};
  double *orders = ur__study_places(study, order, "tokens");
  s->came = ur__study_array(study, "came", "", 1, &step);
  s->count = ur__study_array(study, "count", "", 3, cells);
  s->p = ur__study_array(study, "p", "", 3, cells);
  s->total = ur__study_array(study, "total", "", 2, cells);
  s->chosen = ur__study_array(study, "chosen", "", 2, cells);
  s->log_p = ur__study_array(study, "log_p", "nats", 2, cells);
  s->sum = ur__study_array(study, "sum", "nats", 2, cells);
  s->perplexity = ur__study_array(study, "perplexity", "", 2, cells);
  for (int k = 0; k < ORDERS && s->perplexity != NULL; k++) orders[k] = k;
  return ur__study_declared(study, s->steps);
}

/* One token, by every order. */
static ur_status piece(ur_study *study, void *from, int t) {
  state *s = from;
  const ur__ngram *ngram = &s->trainer->ngram;
  const double *before = NULL;
  (void)study;
  s->came[t] = s->tokens[t];
  for (int k = 0; k < ORDERS; k++) {
    const int at = k * s->steps + t;
    double *count = s->count + at * s->vocabulary, *p = s->p + at * s->vocabulary;
    for (int w = 0; w < s->vocabulary; w++) p[w] = k > 0 ? before[w] : 0, count[w] = 0;
    s->total[at] = k > 0 ? ur__ngram_counts(ngram, s->tokens, t, k, count) : 0;
    ur__ngram_mix(ngram, s->tokens, t, k, p);
    s->chosen[at] = p[s->tokens[t]];
    s->log_p[at] = ur__log(s->chosen[at]);
    s->sum[at] = (t > 0 ? s->sum[at - 1] : 0) + s->log_p[at];
    s->perplexity[at] = ur__exp(-s->sum[at] / (t + 1));
    before = p;
  }
  return UR_OK;
}

static void end(void *from) {
  state *s = from;
  ur_trainer_free(s->trainer);
}

const ur__study ur__study_chain = {
    .name = "chain",
    .help = "the probability of a text token by token: counts, smoothed, logs that add up",
    .settings = settings,
    .setting_count = SETTINGS,
    .inputs = inputs,
    .reads = "names",
    .state = sizeof(state),
    .begin = begin,
    .piece = piece,
    .end = end};

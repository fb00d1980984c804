/* What unrolled graphs take against their length: sequential steps, operations, bytes, counted on the tape of
 * each length and measured nowhere (unroll/steps.h). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "decimal.h"
#include "nets.h"
#include "unroll/layers.h"
#include "unroll/reader.h"
#include "unroll/steps.h"

enum { LONGEST, EVERY, SETTINGS };
static const ur_setting settings[SETTINGS] = {
    [LONGEST] = {.key = "longest", .def = 32, .min = 1, .max = UR_STEPS_MAX, .help = "steps of the longest"},
    [EVERY] =
        {.key = "every", .def = 1, .min = 1, .max = UR_STEPS_MAX, .help = "from one length to the next"},
};
enum { NETS, LENGTHS };
static const ur__study_input inputs[] = {
    [NETS] =
        {"nets", UR__TEXT, "reader recurrent; reader attention",
         "reader recurrent|attention hidden=H layers=L, or model task key=value ..., with ; between them; a "
         "source is as long as what is written for it"},
    [LENGTHS] = {"lengths", UR__NUMBERS, "", "lengths of your own, each longer than the one before"},
    {.name = NULL}};

enum { NETS_MAX = 8, LONGEST_OWN = 4096 };
typedef struct net {
  char name[UR__NET_NAME];
  ur_trainer *model;        /* or, where that is NULL, a net that reads a sentence */
  ur_reader_options reader; /* without its length */
} net;
typedef struct state {
  net nets[NETS_MAX];
  int count, lengths;
  const double *T;                                          /* [lengths] */
  double *steps, *multiply_adds, *others, *bytes, *weights; /* [count, lengths] */
} state;

static ur_status bad(const char *name) {
  return ur_fail(
      UR_E_TEXT, "nets",
      "a net is reader recurrent|attention hidden=H layers=L, or model task key=value ..., not \"%.80s\"",
      name);
}

/* "recurrent hidden=16 layers=2" */
static ur_status open_reader(const char *at, const char *name, ur_reader_options *out) {
  char word[UR__NET_NAME], *value;
  const char *last;
  *out = (ur_reader_options){.net = UR_READER_NETS, .hidden = 32, .layers = 1, .seed = 1};
  if ((at = ur__net_word(at, word)) == NULL) return bad(name);
  for (int i = 0; i < UR_READER_NETS; i++)
    if (strcmp(word, ur_reader_net_name((ur_reader_net)i)) == 0) out->net = (ur_reader_net)i;
  if (out->net == UR_READER_NETS) return bad(name);
  while ((at = ur__net_word(at, word)) != NULL) {
    if (!ur__net_cut(word, &value)) return bad(name);
    int *into = strcmp(word, "hidden") == 0   ? &out->hidden
                : strcmp(word, "layers") == 0 ? &out->layers
                                              : NULL;
    const double number = ur__decimal_read(value, &last);
    if (into == NULL || *value == '\0' || *last != '\0' || !(number >= 1 && number <= 1024)) return bad(name);
    *into = (int)number;
    if (*into != number) return bad(name);
  }
  return UR_OK;
}

static ur_status open_model(const char *name, ur_trainer **out) {
  const ur_status status = ur__net_open("nets", name, 1, (ur_bytes){NULL, 0}, out);
  if (status == UR_OK && (*out)->model->counting)
    return ur_fail(UR_E_TEXT, "nets", "%s only counts; it has no graph", (*out)->model->name);
  return status;
}

static ur_status open_net(net *out) {
  char first[UR__NET_NAME];
  const char *rest = ur__net_word(out->name, first);
  return strcmp(first, "reader") == 0 ? open_reader(rest, out->name, &out->reader)
                                      : open_model(out->name, &out->model);
}

static ur_status open_nets(const char *text, state *s) {
  while (*text != 0) {
    text += strspn(text, " ;\n");
    size_t length = strcspn(text, ";\n");
    if (length == 0) break;
    if (s->count == NETS_MAX) return ur_fail(UR_E_TEXT, "nets", "there are more than %d nets", NETS_MAX);
    const char *from = text;
    text += length;
    while (length > 0 && from[length - 1] == ' ') length--;
    if (length >= UR__NET_NAME)
      return ur_fail(UR_E_TEXT, "nets", "a net has more than %d characters", UR__NET_NAME - 1);
    net *next = &s->nets[s->count++];
    snprintf(next->name, UR__NET_NAME, "%.*s", (int)length, from);
    const ur_status status = open_net(next);
    if (status != UR_OK) return status;
  }
  return s->count > 0 ? UR_OK
                      : ur_fail(UR_E_TEXT, "nets", "there is no net; write one like reader recurrent");
}

static ur_status check_lengths(const double *own, int count) {
  for (int i = 0; i < count; i++)
    if (own[i] < 1 || own[i] > LONGEST_OWN || own[i] != floor(own[i]) || (i > 0 && own[i] <= own[i - 1]))
      return ur_fail(
          UR_E_TEXT, "lengths",
          "number %d, %g, is no length: they are whole, from 1 to %d, each longer than the one before", i + 1,
          own[i], LONGEST_OWN);
  return UR_OK;
}

static ur_status begin(ur_study *study, void *into) {
  state *s = into;
  const char *labels[NETS_MAX];
  const int longest = (int)ur__study_setting(study, LONGEST), every = (int)ur__study_setting(study, EVERY);
  int count;
  const double *own = ur__study_numbers(study, LENGTHS, &count);
  s->lengths = count > 0 ? count : (longest - 1) / every + 1;
  ur_status status = check_lengths(own, count);
  if (status == UR_OK) status = open_nets(ur__study_text(study, NETS), s);
  if (status != UR_OK) return status;
  for (int i = 0; i < s->count; i++) labels[i] = s->nets[i].name;
  const int T = ur__study_axis(study, "T", s->lengths, NULL);
  const int both[] = {ur__study_axis(study, "net", s->count, labels), T};
  double *lengths = ur__study_places(study, T, "tokens");
  for (int i = 0; lengths != NULL && i < s->lengths; i++) lengths[i] = count > 0 ? own[i] : 1 + i * every;
  s->T = lengths;
  s->steps = ur__study_array(study, "steps", "steps", 2, both);
  s->multiply_adds = ur__study_array(study, "multiply_adds", "operations", 2, both);
  s->others = ur__study_array(study, "others", "operations", 2, both);
  s->bytes = ur__study_array(study, "bytes", "bytes", 2, both);
  s->weights = ur__study_array(study, "weights", "numbers", 2, both);
  return ur__study_declared(study, s->count * s->lengths);
}

static ur_status count(const ur_tape *tape, state *s, int i) {
  ur_work work[UR_OP_COUNT];
  int *way = ur__alloc_array((size_t)ur_tape_count(tape), sizeof *way), length;
  if (way == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to count the steps of a graph");
  ur_status status = ur_steps_longest(tape, UR_NODE_NONE, way, &length);
  if (status == UR_OK) status = ur_steps_work(tape, work);
  ur__free(way);
  if (status != UR_OK) return status;
  s->steps[i] = length - 1;
  s->multiply_adds[i] = s->others[i] = s->bytes[i] = 0;
  /* of attention, a weight for each pair that looks: what it keeps */
  s->weights[i] = (double)(work[UR_OP_SOFTMAX].bytes + work[UR_OP_MASKED_SOFTMAX].bytes) / sizeof(float);
  for (int op = 0; op < UR_OP_COUNT; op++) {
    s->multiply_adds[i] += (double)work[op].multiply_adds;
    s->others[i] += (double)work[op].others;
    s->bytes[i] += (double)work[op].bytes;
  }
  return UR_OK;
}

static ur_status count_model(ur_trainer *model, int T, state *s, int i) {
  const ur_tape_options options = {.dtype = UR_F32, .batch = 1, .length = T, .source = T};
  ur_tape *tape;
  ur_status status = ur__net_tape(&model->settings, model->net.params, UR__UNROLLED, &options, &tape);
  if (status != UR_OK) return status;
  status = count(tape, s, i);
  ur_tape_free(tape);
  return status;
}

static ur_status count_reader(ur_reader_options options, int T, state *s, int i) {
  ur_reader *reader;
  options.length = T;
  ur_status status = ur_reader_create(&options, &reader);
  if (status != UR_OK) return status;
  status = count(ur_reader_tape(reader), s, i);
  ur_reader_free(reader);
  return status;
}

/* One net at one length. */
static ur_status piece(ur_study *study, void *from, int i) {
  state *s = from;
  (void)study;
  const net *of = &s->nets[i / s->lengths];
  const int T = (int)s->T[i % s->lengths];
  return of->model != NULL ? count_model(of->model, T, s, i) : count_reader(of->reader, T, s, i);
}

static void end(void *from) {
  state *s = from;
  for (int i = 0; i < s->count; i++) ur_trainer_free(s->nets[i].model);
}

const ur__study ur__study_steps = {.name = "steps",
                                   .help = "what unrolled graphs take against their length",
                                   .settings = settings,
                                   .setting_count = SETTINGS,
                                   .inputs = inputs,
                                   .state = sizeof(state),
                                   .begin = begin,
                                   .piece = piece,
                                   .end = end};

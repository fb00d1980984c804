/* steps: distance and parallel work, counted on the unrolled graphs of two nets that read the same number of
 * words. Of two layers and 32 numbers a state. A seed draws the weights and the words: no count hangs on it.
 */
#include "claims.h"
#include "unroll/reader.h"
#include "unroll/steps.h"

#include "alloc.h"

enum { HIDDEN = 32, LAYERS = 2, SHORT = 8, LONG = 64, BRIEF = 16 };

typedef struct counted {
  int steps; /* before the last value is there */
  int way;   /* from the first word to the first state of the last word that can know of it */
  double multiply_adds;
} counted;

static ur_status count_all(ur_reader *reader, int words, int *ids, counted *out) {
  const ur_tape *tape = ur_reader_tape(reader);
  ur_work work[UR_OP_COUNT];
  int count;
  ur_status status = ur_steps_longest(tape, UR_NODE_NONE, ids, &count);
  if (status != UR_OK) return status;
  out->steps = count - 1;
  status = ur_steps_way(tape, ur_reader_state(reader, 0, 1), ur_reader_state(reader, 1, words), ids, &count);
  if (status != UR_OK) return status;
  out->way = count - 1;
  status = ur_steps_work(tape, work);
  out->multiply_adds = 0;
  for (int op = 0; status == UR_OK && op < UR_OP_COUNT; op++)
    out->multiply_adds += (double)work[op].multiply_adds;
  return status;
}

static ur_status count_net(ur_reader_net net, int words, uint64_t seed, counted *out) {
  const ur_reader_options options = {
      .net = net, .length = words, .hidden = HIDDEN, .layers = LAYERS, .seed = seed};
  ur_reader *reader;
  ur_status status = ur_reader_create(&options, &reader);
  if (status != UR_OK) return status;
  int *ids = ur__alloc_array((size_t)ur_tape_count(ur_reader_tape(reader)), sizeof *ids);
  status = ids != NULL ? count_all(reader, words, ids, out)
                       : ur_fail(UR_E_MEMORY, "", "there is no memory left to count the steps of a graph");
  ur__free(ids);
  ur_reader_free(reader);
  return status;
}

/* What one word more adds to the steps. */
static ur_status steps_a_word(ur_reader_net net, uint64_t seed, ur_claim_row *out) {
  counted all, before;
  ur_status status = count_net(net, LONG, seed, &all);
  if (status == UR_OK) status = count_net(net, LONG - 1, seed, &before);
  if (status == UR_OK) out->measured = all.steps - before.steps;
  return status;
}

/* Length after length up to `words`, each twice the one before it; what is measured is the last. */
enum { STEPS, WAY, TIMES };
static ur_status by_words(int what, ur_reader_net net, int words, uint64_t seed, ur_claim_row *out) {
  double few = 1;
  out->along = "words", out->of = what == STEPS ? "steps" : what == WAY ? "way" : "work";
  for (int T = SHORT; T <= words; T *= 2) {
    counted all;
    const ur_status status = count_net(net, T, seed, &all);
    if (status != UR_OK) return status;
    if (T == SHORT) few = all.multiply_adds;
    out->measured = what == STEPS ? all.steps : what == WAY ? all.way : all.multiply_adds / few;
    out->series[out->points++] = (ur_claim_point){T, out->measured};
  }
  return UR_OK;
}

#define COUNTED(name, what, net, words)                                                                      \
  static ur_status name(uint64_t seed, ur_claim_row *out) { return by_words(what, net, words, seed, out); }
#define OF(net, NET)                                                                                         \
  static ur_status net##_more(uint64_t seed, ur_claim_row *out) { return steps_a_word(NET, seed, out); }     \
  COUNTED(net##_steps, STEPS, NET, LONG)                                                                     \
  COUNTED(net##_way, WAY, NET, LONG)                                                                         \
  COUNTED(net##_work, TIMES, NET, LONG)                                                                      \
  COUNTED(net##_brief_steps, STEPS, NET, BRIEF)                                                              \
  COUNTED(net##_brief_way, WAY, NET, BRIEF) COUNTED(net##_brief_work, TIMES, NET, BRIEF)
OF(recurrent, UR_READER_RECURRENT)
OF(attention, UR_READER_ATTENTION)
#undef OF
#undef COUNTED

enum {
  RECURRENT_MORE,
  ATTENTION_MORE,
  RECURRENT_STEPS,
  ATTENTION_STEPS,
  RECURRENT_WAY,
  ATTENTION_WAY,
  RECURRENT_WORK,
  ATTENTION_WORK,
  ROWS
};

static const ur__contestant full[ROWS] = {
    [RECURRENT_MORE] = {.name = "recurrent: more steps for one word more", .count = recurrent_more},
    [ATTENTION_MORE] = {.name = "attention: more steps for one word more", .count = attention_more},
    [RECURRENT_STEPS] = {.name = "recurrent: steps for 64 words", .count = recurrent_steps},
    [ATTENTION_STEPS] = {.name = "attention: steps for 64 words", .count = attention_steps},
    [RECURRENT_WAY] = {.name = "recurrent: way from word 1 to word 64", .count = recurrent_way},
    [ATTENTION_WAY] = {.name = "attention: way from word 1 to word 64", .count = attention_way},
    [RECURRENT_WORK] = {.name = "recurrent: work, 64 words over 8", .count = recurrent_work},
    [ATTENTION_WORK] = {.name = "attention: work, 64 words over 8", .count = attention_work},
};

static const ur__contestant brief[ROWS] = {
    [RECURRENT_MORE] = {.name = "recurrent: more steps for one word more", .count = recurrent_more},
    [ATTENTION_MORE] = {.name = "attention: more steps for one word more", .count = attention_more},
    [RECURRENT_STEPS] = {.name = "recurrent: steps for 16 words", .count = recurrent_brief_steps},
    [ATTENTION_STEPS] = {.name = "attention: steps for 16 words", .count = attention_brief_steps},
    [RECURRENT_WAY] = {.name = "recurrent: way from word 1 to word 16", .count = recurrent_brief_way},
    [ATTENTION_WAY] = {.name = "attention: way from word 1 to word 16", .count = attention_brief_way},
    [RECURRENT_WORK] = {.name = "recurrent: work, 16 words over 8", .count = recurrent_brief_work},
    [ATTENTION_WORK] = {.name = "attention: work, 16 words over 8", .count = attention_brief_work},
};

static int holds(const ur_claim_row *rows, double words) {
  return rows[RECURRENT_MORE].measured == 4 && rows[ATTENTION_MORE].measured == 0 &&
         rows[RECURRENT_STEPS].measured > 4 * words && rows[ATTENTION_STEPS].measured == 12 &&
         rows[RECURRENT_WAY].measured == 4 * words && rows[ATTENTION_WAY].measured == 3 &&
         rows[RECURRENT_WORK].measured == words / SHORT && rows[ATTENTION_WORK].measured > words / SHORT;
}
static int holds_full(const ur_claim_row *rows) { return holds(rows, LONG); }
static int holds_brief(const ur_claim_row *rows) { return holds(rows, BRIEF); }

const ur__claim ur__claim_steps = {
    "steps",
    "A recurrent net takes four more steps for every word and as many from word to word; attention takes "
    "twelve and three, however long the text. In return its work grows faster than the text.",
    {full, ROWS,
     "one word more: 4 more steps of the recurrent net, none of attention, which takes 12 in all; from word "
     "1 "
     "to word 64 256 steps and 3; eight times the words: 8 times the recurrent net's work, more than 8 times "
     "attention's",
     holds_full},
    {brief, ROWS,
     "one word more: 4 more steps of the recurrent net, none of attention, which takes 12 in all; from word "
     "1 "
     "to word 16 64 steps and 3; twice the words: twice the recurrent net's work, more than twice "
     "attention's",
     holds_brief},
};

/* rnn: memory without a window. Unseen loss, nats a token. */
#include "names.h"

enum { PAIRS, TRIPLES, WINDOW_3, WINDOW_5, RNN, RNN_ROWS };

#define RNN_CONTESTANTS(updates)                                                                             \
  {                                                                                                          \
    [PAIRS] = UR__COUNTING_PAIRS, [TRIPLES] = UR__COUNTING_TRIPLES, [WINDOW_3] = UR__WINDOW_3(updates),      \
    [WINDOW_5] = UR__WINDOW_5(updates), [RNN] = UR__RNN_ON_NAMES(updates),                                   \
  }
static const ur__contestant rnn[RNN_ROWS] = RNN_CONTESTANTS(3000);
static const ur__contestant rnn_short[RNN_ROWS] = RNN_CONTESTANTS(300);

/* At 3,000 updates, over seeds 1 to 30, the four differences were at least 0.22, 0.13, 0.053 and -0.008;
 * the last was above 0 on 27 of them, at most 0.026: level, and the sentence says so. */
static int rnn_full(const ur_claim_row *r) {
  return r[PAIRS].measured > r[TRIPLES].measured + 0.1 && r[TRIPLES].measured > r[WINDOW_3].measured + 0.05 &&
         r[WINDOW_3].measured > r[WINDOW_5].measured + 0.03 && r[WINDOW_5].measured > r[RNN].measured - 0.02;
}

/* At 300 updates, over seeds 1 to 30, the three differences were at least 0.15, 0.037 and 0.034. */
static int rnn_brief(const ur_claim_row *r) {
  return r[PAIRS].measured > r[WINDOW_3].measured + 0.1 &&
         r[WINDOW_3].measured > r[WINDOW_5].measured + 0.02 && r[WINDOW_5].measured > r[RNN].measured + 0.015;
}

const ur__claim ur__claim_rnn = {
    .id = "rnn",
    .sentence =
        "On names, with equal parameters and updates, counting pairs loses to counting triples, that to a "
        "window of three letters, and that to a window of five. The recurrent net is level with the last, "
        "most "
        "often a little ahead.",
    .full = {rnn, RNN_ROWS,
             "loss on unseen names: counting pairs > triples + 0.1, triples > window of 3 + 0.05, "
             "window of 3 > window of 5 + 0.03, window of 5 > recurrent net - 0.02",
             rnn_full},
    .brief = {rnn_short, RNN_ROWS,
              "loss on unseen names: counting pairs > window of 3 + 0.1, window of 3 > window of 5 + 0.02, "
              "window of 5 > recurrent net + 0.015",
              rnn_brief}};

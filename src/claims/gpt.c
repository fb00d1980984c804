/* gpt: the race, on equal numbers and batches. Unseen loss, nats a token. */
#include "names.h"

enum { COUNTING, WINDOW, RNN, LSTM, GPT, GPT_ROWS };

#define GPT_CONTESTANTS(updates)                                                                             \
  {                                                                                                          \
    [COUNTING] = UR__COUNTING("counting of 5 letters", "5"), [WINDOW] = UR__WINDOW_5(updates),               \
    [RNN] = UR__RNN_ON_NAMES(updates), [LSTM] = UR__LSTM_ON_NAMES(updates),                                  \
    [GPT] = {"GPT", "gpt", "names", updates, ur__claim_loss, UR__SETTINGS("learning_rate", "0.005")},        \
  }
static const ur__contestant gpt[GPT_ROWS] = GPT_CONTESTANTS(3000);
static const ur__contestant gpt_short[GPT_ROWS] = GPT_CONTESTANTS(60);

/* At 3,000 updates, over seeds 1 to 30, the first three differences were 0.014 to 0.047, 0.011 to 0.040 and
 * 0.000 to 0.026; counting was from 0.020 better than the GPT to 0.031 worse. */
static int gpt_full(const ur_claim_row *r) {
  return r[GPT].measured > r[RNN].measured + 0.005 && r[GPT].measured > r[LSTM].measured + 0.002 &&
         r[LSTM].measured < r[RNN].measured + 0.04 && r[COUNTING].measured < r[GPT].measured + 0.06;
}

/* After 60 updates every net is behind what is counted. */
static int gpt_brief(const ur_claim_row *r) {
  int behind = 1;
  for (int i = WINDOW; i < GPT_ROWS; i++) behind &= r[i].measured > r[COUNTING].measured + 0.1;
  return behind;
}

const ur__claim ur__claim_gpt = {
    .id = "gpt",
    .sentence =
        "On names, with about 30,000 numbers each and after the same 3,000 updates on the same batches, the "
        "LSTM is level with the recurrent net or a little behind, and this small GPT is behind both. "
        "Counting of five letters is about as good as the GPT.",
    .full = {gpt, GPT_ROWS,
             "loss on unseen names: GPT > recurrent net + 0.005, GPT > LSTM + 0.002, LSTM < recurrent net + "
             "0.04, "
             "counting of 5 letters < GPT + 0.06",
             gpt_full},
    .brief = {gpt_short, GPT_ROWS, "loss on unseen names: every net > counting of 5 letters + 0.1",
              gpt_brief}};

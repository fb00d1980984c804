/* bptt: how far back the gradient reaches, before any training. Sizes at the end over 30 steps before. */
#include "claims.h"
#include "reach.h"

/* How many times the gradient is smaller UR__REACH steps back. */
static ur_status shrinks(ur_trainer *trainer, ur_claim_row *out) {
  ur__reach reach;
  const ur_status status = ur__reach_of(trainer, &reach);
  out->measured = reach.near / reach.far;
  return status;
}

/* How many times it is larger. */
static ur_status grows(ur_trainer *trainer, ur_claim_row *out) {
  ur__reach reach;
  const ur_status status = ur__reach_of(trainer, &reach);
  out->measured = reach.far / reach.near;
  return status;
}

/* The length of the whole gradient after clipping. */
static ur_status clipped(ur_trainer *trainer, ur_claim_row *out) {
  const double clip = ur__training_values(&trainer->settings)[UR__CLIP_NORM];
  ur__reach reach;
  const ur_status status = ur__reach_of(trainer, &reach);
  out->measured = reach.whole * ur__clip_scale((float)reach.whole, clip);
  return status;
}

enum { SMALL_RADIUS, FORGETS, REMEMBERS, LARGE_RADIUS, CLIPPED, BPTT_ROWS };

#define BPTT_NET "embedding_size", "32", "hidden_size", "64"
static const ur__contestant bptt[BPTT_ROWS] = {
    [SMALL_RADIUS] = {"tanh net, spectral radius 0.7: shrinks", "rnn_lm", "names", 0, shrinks,
                      UR__SETTINGS(BPTT_NET, "start", "radius", "spectral_radius", "0.7")},
    [FORGETS] = {"LSTM, forget bias 0: shrinks", "lstm_lm", "names", 0, shrinks,
                 UR__SETTINGS(BPTT_NET, "forget_bias", "0")},
    [REMEMBERS] = {"LSTM, forget bias 4: shrinks", "lstm_lm", "names", 0, shrinks,
                   UR__SETTINGS(BPTT_NET, "forget_bias", "4")},
    [LARGE_RADIUS] = {"ReLU net, spectral radius 2.5: grows", "rnn_lm", "names", 0, grows,
                      UR__SETTINGS(BPTT_NET, "activation", "relu", "start", "radius", "spectral_radius",
                                   "2.5")},
    [CLIPPED] = {"the same, clipped to 1: whole gradient", "rnn_lm", "names", 0, clipped,
                 UR__SETTINGS(BPTT_NET, "activation", "relu", "start", "radius", "spectral_radius", "2.5")},
};

#define BPTT_ASKED                                                                                           \
  "gradient at the last step over that 30 steps before: tanh > 1e6, LSTM with 0 > 1e5, with 4 < 20; ReLU, "  \
  "upside down, > 1e3; clipped <= 1"

/* Over seeds 1 to 30: 4.9e6 to 4.5e7, 5.6e6 to 2.9e7, 3.4 to 9.0, 5.1e4 to 1.0e9: half of the units of a ReLU
 * net are off, and which ones is chance. */
static int bptt_holds(const ur_claim_row *r) {
  return r[SMALL_RADIUS].measured > 1e6 && r[FORGETS].measured > 1e5 && r[REMEMBERS].measured < 20 &&
         r[LARGE_RADIUS].measured > 1e3 && r[CLIPPED].measured < 1.001;
}

const ur__claim ur__claim_bptt = {
    .id = "bptt",
    .sentence = "Over 30 steps the gradient of a tanh net of spectral radius 0.7 shrinks more than a million "
                "times, that of an LSTM with forget bias 4 by less than twenty. With ReLU and radius 2.5 it "
                "grows more than a thousand times; clipping bounds the step.",
    .full = {bptt, BPTT_ROWS, BPTT_ASKED, bptt_holds},
    .brief = {bptt, BPTT_ROWS, BPTT_ASKED, bptt_holds}};

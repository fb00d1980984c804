/* descent: how far the gradient of a batch is from that of all points falls as the root of its size; and the
 * bottom of a quadratic is reached with far fewer calls of its gradient than of itself. */
#include "claims.h"
#include "unroll/descent.h"
#include "unroll/surface.h"

enum { SMALL = 1, LARGE = 100, DRAWS = 400, WEIGHTS = 32 };

static ur_status noise_of(int batch, uint64_t seed, ur_claim_row *out) {
  static const char *const chosen[][2] = {{"hidden_1", "3"}, {"hidden_2", "0"}, {"points", "100"}};
  ur_settings settings;
  ur_trainer *trainer = NULL;
  ur_status status = ur_settings_init(&settings, "mlp", "curve");
  settings.seed = seed;
  for (size_t i = 0; i < sizeof chosen / sizeof *chosen && status == UR_OK; i++)
    status = ur_settings_set(&settings, chosen[i][0], chosen[i][1]);
  if (status == UR_OK) status = ur_trainer_create(&settings, (ur_bytes){NULL, 0}, &trainer);
  if (status == UR_OK) status = ur_gradient_noise(trainer, batch, DRAWS, &out->measured);
  ur_trainer_free(trainer);
  return status;
}
static ur_status one_point(uint64_t seed, ur_claim_row *out) { return noise_of(SMALL, seed, out); }
static ur_status hundred_points(uint64_t seed, ur_claim_row *out) { return noise_of(LARGE, seed, out); }

enum { ONE, HUNDRED, WITHOUT, WITH, GAP, ROWS };
static ur_status price(uint64_t seed, ur_claim_row *row) {
  ur_price without, with;
  const ur_status status = ur_descent_price(WEIGHTS, seed, &without, &with);
  if (status != UR_OK) return status;
  row->measured = without.calls;
  row[WITH - WITHOUT].measured = with.calls;
  row[GAP - WITHOUT].measured = without.gap > with.gap ? without.gap : with.gap;
  return UR_OK;
}

static const ur__contestant rows[ROWS] = {
    [ONE] = {.name = "gradient of one point, from that of all", .count = one_point},
    [HUNDRED] = {.name = "gradient of a batch of 100, from that of all", .count = hundred_points},
    [WITHOUT] = {.name = "32 weights, errors called", .count = price, .counts = ROWS - WITHOUT},
    [WITH] = {.name = "32 weights, gradients called"},
    [GAP] = {.name = "how far both end from the bottom"},
};

/* A tenth, give or take a seventh: 400 draws of each size leave it that unsure. */
static int holds(const ur_claim_row *row) {
  const double share = row[HUNDRED].measured / row[ONE].measured;
  return share > 0.086 && share < 0.114 && row[WITHOUT].measured == (WEIGHTS + 1) * (WEIGHTS + 2) / 2 &&
         row[WITH].measured <= 2 * WEIGHTS + 1 && row[GAP].measured < 1e-9;
}

#define FORM                                                                                                 \
  {                                                                                                          \
    rows, ROWS,                                                                                              \
        "a batch of 100: between 0.086 and 0.114 of one point's; 561 errors or at most 65 gradients, both "  \
        "to nine digits",                                                                                    \
        holds                                                                                                \
  }
const ur__claim ur__claim_descent = {
    "descent",
    "A hundred times the batch, a tenth of the gradient's error. The bottom of a quadratic of 32 weights "
    "takes "
    "561 calls of the error without gradients, and no more than 65 with them.",
    FORM,
    FORM,
};

/* Claims. */
#include "exports.h"

static void free_claim(void *claim) { ur_claim_free(claim); }

UW_EXPORT(claim_create) int uw_claim_create(uint32_t id, uint32_t id_size, double seed, int short_form) {
  const char *name = uw_input_text(id, id_size);
  ur_claim *claim;
  uint64_t s;
  if (!name || uw_whole(seed, "seed", &s) != UR_OK) return 0;
  return ur_claim_create(name, s, short_form, &claim) == UR_OK ? uw_handle_put(UW_CLAIM, claim, free_claim, 0)
                                                               : 0;
}

/* Numbers: done, holds, step, steps, fraction, row, loss. Result: fields now, task, sentence, asked, then
 * of each row name, value, what its series runs along and what it is of, and the series as
 * "at,value,at,value"; "" of none. */
UW_EXPORT(claim_step) int uw_claim_step(int handle) {
  ur_claim *claim = uw_handle_get(UW_CLAIM, handle);
  ur_claim_report r;
  if (!claim) return UR_E_ARGUMENT;
  ur_status status = ur_claim_step(claim, &r);
  if (status != UR_OK) return status;
  uw_numbers[0] = r.done, uw_numbers[1] = r.holds, uw_numbers[2] = (double)r.step,
  uw_numbers[3] = (double)r.steps;
  uw_numbers[4] = r.fraction, uw_numbers[5] = r.row, uw_numbers[6] = r.loss;
  ur_buffer *out = uw_result();
  uw_result_field(r.now), uw_result_field(r.task), uw_result_field(r.sentence), uw_result_field(r.asked);
  for (int i = 0; i < r.count; i++) {
    uw_result_field(r.rows[i].name);
    ur_buffer_print(out, "%.17g", r.rows[i].measured), uw_result_field("");
    uw_result_field(r.rows[i].along ? r.rows[i].along : "");
    uw_result_field(r.rows[i].of ? r.rows[i].of : "");
    for (int k = 0; k < r.rows[i].points; k++)
      ur_buffer_print(out, "%s%.17g,%.17g", k > 0 ? "," : "", r.rows[i].series[k].at,
                      r.rows[i].series[k].measured);
    uw_result_field("");
  }
  return uw_result_done();
}

#include "unroll/bars.h"

#include "alloc.h"
#include "bars.h"

ur_status ur_bars_sampled(ur_trainer *trainer, const ur_sampling *how, uint64_t first, int tunes,
                          ur_bars *out) {
  ur_buffer text = {0};
  ur__tune *tune = ur__alloc(sizeof *tune);
  ur_status status = UR_OK;
  *out = (ur_bars){0};
  if (tune == NULL) return ur_fail(UR_E_MEMORY, "", "there is no memory left to read a tune");
  for (int i = 0; i < tunes && status == UR_OK; i++) {
    text.size = 0;
    status = ur_trainer_sample(trainer, how, first + (uint64_t)i, "", &text);
    if (status != UR_OK) break;
    ur__tune_read((const char *)text.data, text.size, tune);
    const ur__bar_count count = ur__tune_count(tune);
    out->tunes++;
    out->headed += tune->whole > 0 && tune->has_key;
    out->counted += count.counted;
    out->full += count.full;
  }
  ur__free(tune);
  ur_buffer_free(&text);
  return status;
}

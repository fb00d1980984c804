/* study/reading.h: one text, as the unrolled graph sees it. */
#ifndef UNROLL_STUDY_READING_H
#define UNROLL_STUDY_READING_H

#include "trainer.h"

/* One text as a model reads it. The batch points into this, which must not move. */
typedef struct ur__reading {
  int32_t x[UR__SEQUENCE_MAX + 1], y[UR__SEQUENCE_MAX + 1], lengths[1];
  float features[UR__SEQUENCE_MAX * UR__FEATURES], numbers[1];
  ur__batch batch;
} ur__reading;
/* UR_E_TEXT; UR_E_STATE for a model that counts. */
ur_status ur__reading_of(const ur_trainer *trainer, const char *text, ur__reading *out);
/* Its graph over the trainer's parameters, fed, nothing run; lowering: UR__UNROLLED or UR__MEASURED. */
ur_status ur__reading_unroll(ur_trainer *trainer, const ur__reading *reading, ur__lowering lowering,
                             ur_tape **out);

#endif

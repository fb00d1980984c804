/* study/reading.h: one text, or a source and its target, as the unrolled graph sees it. */
#ifndef UNROLL_STUDY_READING_H
#define UNROLL_STUDY_READING_H

#include "trainer.h"

/* A batch of one, to be freed; empty after a failure. For a source it is led by what is right, where nobody
 * knows that by the model's own guess. UR_E_TEXT, UR_E_MEMORY; UR_E_STATE for a model that counts. */
ur_status ur__reading_of(ur_trainer *trainer, const char *text, ur__batch *out);
/* The same with the last token of a piece of a text, after which nothing is known to come. */
ur_status ur__reading_whole(ur_trainer *trainer, const char *text, ur__batch *out);
/* The same of a source and a target; NULL: the model's own guess. See ur_walk_create_pair. */
ur_status ur__reading_pair(ur_trainer *trainer, const char *source, const char *target, ur__batch *out);
/* Its graph over the trainer's parameters, fed, nothing run; lowering: UR__UNROLLED or UR__MEASURED. */
ur_status ur__reading_unroll(ur_trainer *trainer, const ur__batch *batch, ur__lowering lowering,
                             ur_tape **out);
/* The unrolled one in double, to be checked. */
ur_status ur__reading_exact(ur_trainer *trainer, const ur__batch *batch, ur_tape **out);

#endif

/* study/reach.h: how far a gradient reaches back in a recurrent language model, as its parameters are now. */
#ifndef UNROLL_STUDY_REACH_H
#define UNROLL_STUDY_REACH_H

#include "trainer.h"

enum { UR__REACH = 30, UR__REACH_BATCH = 16 };

typedef struct ur__reach {
  double near, far; /* |dJ^(T)/dh^(T)| and |dJ^(T)/dh^(T-30)|, T = 31, over 16 sequences at once */
  double whole;     /* length of dJ^(T)/d(all parameters) */
} ur__reach;
/* Over UR__REACH_BATCH rows of training sequences written one after the other, each with its marks, drawn
 * from the stream "reach". One layer, one direction. UR_E_MEMORY; UR_E_STATE without a text. */
ur_status ur__reach_of(ur_trainer *trainer, ur__reach *out);

#endif

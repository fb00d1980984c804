/* base/real.h: exp, log, tanh and sine in double, from +, -, *, / and bits only, so that what is measured in
 * double is the same on every target; libm's differ in their last bits. Relative error below 1e-15 wherever
 * the right result is a normal number, of the sine absolute. NaN gives NaN. */
#ifndef UNROLL_BASE_REAL_H
#define UNROLL_BASE_REAL_H

double ur__exp(double x); /* 0 below DBL_MIN, infinity above DBL_MAX */
double ur__log(double x); /* -infinity at 0, NaN below */
double ur__tanh(double x);
double ur__sigmoid(double x);   /* 1 / (1 + e^-x) */
double ur__sin_turns(double x); /* sin(2 pi x), exactly 0 and +-1 at quarter turns; |x| below 2^40 */

#endif

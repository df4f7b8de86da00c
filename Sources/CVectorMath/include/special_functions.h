#ifndef LIMBECK_SPECIAL_FUNCTIONS_H
#define LIMBECK_SPECIAL_FUNCTIONS_H

/// log |gamma(x)|, infinite at 0, -1, -2, …: the C library's without its global sign, which threads
/// would fight over.
double limbeck_log_gamma(double x);

/// The derivative of log |gamma(x)|; NaN at its poles 0, -1, -2, ….
///
/// Within a few units of roundoff of the larger of the value and 1: relative accuracy is lost near
/// the zeros. Recurrence, reflection and Stirling's series (DLMF 5.5.2, 5.5.4, 5.11.2).
double limbeck_digamma(double x);

/// The derivative of some order of digamma, for whole orders 0 ... 30; NaN for other orders and at
/// the poles 0, -1, -2, ….
///
/// For x > 0 from Hurwitz's zeta function by Euler and Maclaurin's summation (DLMF 5.15.1, 25.11.5),
/// else by reflection (DLMF 5.15.6); relative error about 1e-14, more near zeros on x < 0.
double limbeck_polygamma(double order, double x);

#endif

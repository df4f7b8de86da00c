// Functions around Euler's gamma that the C library lacks. DLMF is https://dlmf.nist.gov.

// For lgamma_r.
#define _DEFAULT_SOURCE

#include "special_functions.h"

#include <math.h>

#define PI 3.14159265358979323846

// The Bernoulli numbers B2, B4, …, B20.
static const double bernoulli[] = {
    1.0 / 6,     -1.0 / 30, 1.0 / 42,         -1.0 / 30,         5.0 / 66,
    -691.0 / 2730, 7.0 / 6,  -3617.0 / 510, 43867.0 / 798, -174611.0 / 330,
};
enum { BERNOULLI_COUNT = sizeof bernoulli / sizeof bernoulli[0], MAXIMUM_ORDER = 30 };

double limbeck_log_gamma(double x) {
  int sign;
  return lgamma_r(x, &sign);
}

static int is_pole(double x) { return x <= 0 && x == floor(x); }

// cot(pi x), from the distance to the nearest pole, which is exact.
static double cotangent(double x) { return 1 / tan(PI * (x - rint(x))); }

double limbeck_digamma(double x) {
  if (is_pole(x) || isnan(x)) return NAN;
  if (x < 0) return limbeck_digamma(1 - x) - PI * cotangent(x);
  double sum = 0;
  for (; x < 10; x++) sum -= 1 / x;
  double inverse = 1 / (x * x), series = 0;
  for (int k = BERNOULLI_COUNT; k > 0; k--) {
    series = (series + bernoulli[k - 1] / (2 * k)) * inverse;
  }
  return sum + (log(x) - 0.5 / x - series);
}

// The sum of (x + k)^-s over k >= 0, for x > 0.
static double hurwitz_zeta(int s, double x) {
  double sum = 0;
  // The series below takes over once it has converged: the further, the higher the power.
  for (; x < 10 + s; x++) sum += pow(x, -s);
  double power = pow(x, -s);
  sum += x * power / (s - 1) + 0.5 * power;
  double factor = s * power / (2 * x);
  for (int k = 1; k <= BERNOULLI_COUNT; k++) {
    sum += bernoulli[k - 1] * factor;
    factor *= (s + 2 * k - 1.0) * (s + 2 * k) / ((2 * k + 1.0) * (2 * k + 2.0) * x * x);
  }
  return sum;
}

// The derivative of some order of cot(pi x): pi^order P(cot(pi x)) with P_0(c) = c and
// P_{k+1} = -(1 + c^2) P_k'.
static double cotangent_derivative(int order, double x) {
  double coefficients[MAXIMUM_ORDER + 2] = {0, 1};
  for (int k = 0; k < order; k++) {
    double next[MAXIMUM_ORDER + 2] = {0};
    for (int power = 1; power <= k + 1; power++) {
      next[power - 1] -= power * coefficients[power];
      next[power + 1] -= power * coefficients[power];
    }
    for (int power = 0; power <= k + 2; power++) coefficients[power] = next[power];
  }
  double c = cotangent(x), sum = 0;
  for (int power = order + 1; power >= 0; power--) sum = sum * c + coefficients[power];
  return sum * pow(PI, order);
}

double limbeck_polygamma(double order, double x) {
  if (!(order >= 0 && order <= MAXIMUM_ORDER) || order != floor(order)) return NAN;
  if (order == 0) return limbeck_digamma(x);
  if (is_pole(x) || isnan(x)) return NAN;
  int n = (int)order;
  double parity = n % 2 ? -1 : 1;
  if (x < 0) return parity * limbeck_polygamma(n, 1 - x) - PI * cotangent_derivative(n, x);
  return -parity * tgamma(n + 1) * hurwitz_zeta(n + 1, x);
}

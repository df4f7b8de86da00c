#if !__has_include(<gsl/gsl_qrng.h>)
#error "GSL was not found: apt-get install libgsl-dev"
#else
#include <gsl/gsl_fft_complex.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_qrng.h>
/* GSL's generator types are non-constant globals, which Swift 6 refuses to read. */
static inline const gsl_qrng_type *limbeck_gsl_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_qrng_type *limbeck_gsl_halton(void) { return gsl_qrng_halton; }
/* The trust-region solver of nonlinear least squares, which ours is tested against. */
static inline const gsl_multifit_nlinear_type *limbeck_gsl_trust_region(void) {
  return gsl_multifit_nlinear_trust;
}
/* The stepper of order 8(9) of Prince and Dormand. */
static inline const gsl_odeiv2_step_type *limbeck_gsl_prince_dormand(void) { return gsl_odeiv2_step_rk8pd; }
#endif

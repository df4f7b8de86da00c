#if !__has_include(<gsl/gsl_qrng.h>)
#error "GSL was not found: apt-get install libgsl-dev"
#endif
#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_sf_erf.h>

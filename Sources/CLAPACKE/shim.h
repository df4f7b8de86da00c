#if !__has_include(<lapacke.h>)
#error "LAPACKE was not found: apt-get install liblapacke-dev"
#else
/* Plain C complex types: lapacke.h otherwise includes <complex.h>, whose macros Swift cannot read. */
#define lapack_complex_float float _Complex
#define lapack_complex_double double _Complex
#include <lapacke.h>
#endif

// All kernels for one element type at one level. Included twice by kernels_for_level.h; the macros
// are described at the head of functions.h and end with this file.

#define PASTE3_(a, b, c) a##_##b##_##c
#define PASTE3(a, b, c) PASTE3_(a, b, c)
#define PASTE2_(a, b) a##_##b
#define PASTE2(a, b) PASTE2_(a, b)

#if TYPE_IS_F64
#define T double
#define I int64_t
#define U uint64_t
#define LANES 8
#define TYPE_NAME f64
#else
#define T float
#define I int32_t
#define U uint32_t
#define LANES 16
#define TYPE_NAME f32
#endif

#define FN(name) PASTE3(limbeck_##name, TYPE_NAME, LEVEL_NAME)
#define FN64(name) PASTE3(limbeck_##name, f64, LEVEL_NAME)
#define TYPED(name) PASTE2(name, TYPE_NAME)
#define INLINE static inline __attribute__((always_inline))

typedef T FN(V) __attribute__((ext_vector_type(LANES)));
typedef I FN(VI) __attribute__((ext_vector_type(LANES)));
typedef U FN(VU) __attribute__((ext_vector_type(LANES)));
#define V FN(V)
#define VI FN(VI)
#define VU FN(VU)

// Inside the functions a product and a sum fuse only where FMA says so: their error analysis, and
// equal bits wherever they are inlined, depend on it.
#pragma clang fp contract(off)
#include "functions.h"
#include "function_arrays.h"

// Below, products and sums may fuse where the processor can.
#pragma clang fp contract(fast)
#include "expression_kernels.h"
#include "expression_gradient_kernels.h"
#include "normal_equation_kernels.h"
#include "moment_kernels.h"
#include "expression_table.h"
#include "transposition.h"
#include "matrix_kernels.h"
#include "panel_kernels.h"
#include "jet_kernels.h"
#include "projection_kernels.h"
#include "sparse_kernels.h"
#include "peak_kernels.h"

#undef LIBM
#undef SPLAT
#undef LOAD
#undef STORE
#undef SELECT
#undef FMA
#undef HAS_FMA
#undef V
#undef VI
#undef VU
#undef T
#undef I
#undef U
#undef LANES
#undef TYPE_NAME
#undef FN
#undef FN64
#undef TYPED
#undef INLINE
#undef PASTE2
#undef PASTE2_
#undef PASTE3
#undef PASTE3_

// Elementary functions of one 64-byte vector, inlined into every kernel.
//
// Included once per element type and level by kernels_for_type.h, with these macros defined:
//
//   T, I, U       element type, and the signed and unsigned integers of its width
//   V, VI, VU     vectors of LANES elements of T, I and U (64 bytes)
//   LANES         16 for float, 8 for double
//   TYPE_IS_F64   0 or 1, for #if
//   LEVEL         0 baseline, 1 AVX2, 2 AVX-512, for #if
//   HAS_FMA       1 where fused multiply-add is one instruction, for #if
//   FN(name)      limbeck_<name>_<type>_<level>: every function, table and typedef of a template
//   TYPED(name)   <name>_f32 or <name>_f64: types and enumerations of the public headers
//   FN64(name)    the double-precision FN(name) of the same level
//   INLINE        static, always inlined
//   LOAD(p)       vector at any address;  STORE(p, v) writes one
//   SPLAT(c)      vector of equal elements
//   SELECT(m,a,b) per lane, a where the mask VI m is -1 and b where it is 0
//   FMA(a,b,c)    a*b + c, rounded once if HAS_FMA, else twice
//
// and these functions of V:
//
//   FN(exp) FN(expm1) FN(log) FN(log2) FN(log10) FN(log1p) FN(pow)
//   FN(sin) FN(cos) FN(sincos) FN(tan) FN(asin) FN(acos) FN(atan)
//   FN(sinh) FN(cosh) FN(tanh) FN(asinh) FN(acosh) FN(atanh) FN(erf)
//   FN(quick_sin) FN(quick_cos)
//   FN(sqrt) FN(reciprocal) FN(abs) FN(any) FN(sum)
//
// LIBM(name) is the C library's scalar function of the element type.
//
// Errors, ranges and special values are listed in include/vector_functions.h. A kernel template
// ends with its table of function pointers, `const TYPED(limbeck_<kind>) FN(<kind>_table) = {...}`,
// which dispatch.c looks up with DEFINE_LOOKUP(<kind>, f32) and DEFINE_LOOKUP(<kind>, f64).

#if LEVEL >= 1 || defined(__ARM_FEATURE_FMA)
#define HAS_FMA 1
#define FMA(a, b, c) __builtin_elementwise_fma((V)(a), (V)(b), (V)(c))
#else
#define HAS_FMA 0
#define FMA(a, b, c) ((V)(a) * (V)(b) + (V)(c))
#endif

#if TYPE_IS_F64
#define LIBM(name) name
#else
#define LIBM(name) name##f
#endif

#define SPLAT(c) ((V)(T)(c))
#define SELECT(mask, a, b) ((mask) ? (V)(a) : (V)(b))
#define LOAD(p) FN(load)(p)
#define STORE(p, v) FN(store)(p, v)

INLINE V FN(load)(const T *p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

INLINE void FN(store)(T *p, V v) { __builtin_memcpy(p, &v, sizeof v); }

// The same bits as another type of vector.
INLINE VI FN(bits)(V x) {
  VI bits;
  __builtin_memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE V FN(from_bits)(VI bits) {
  V x;
  __builtin_memcpy(&x, &bits, sizeof x);
  return x;
}

// Whether any lane of a mask is set.
INLINE int FN(any)(VI mask) {
  typedef _Bool lanes __attribute__((ext_vector_type(LANES)));
  lanes set = __builtin_convertvector(mask, lanes);
#if TYPE_IS_F64
  uint8_t word;
#else
  uint16_t word;
#endif
  __builtin_memcpy(&word, &set, sizeof word);
  return word != 0;
}

INLINE V FN(abs)(V x) { return __builtin_elementwise_abs(x); }

// Correctly rounded, as IEEE 754 demands of both operations.
INLINE V FN(sqrt)(V x) { return __builtin_elementwise_sqrt(x); }
INLINE V FN(reciprocal)(V x) { return SPLAT(1) / x; }

// Sum of the lanes by halves: the order is fixed, so the bits are.
INLINE T FN(sum)(V x) {
  T lane[LANES];
  STORE(lane, x);
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) lane[i] += lane[i + width];
  }
  return lane[0];
}

// a + b x, the brick of polynomials summed in pairs: their short chains of dependent operations let
// neighbouring vectors overlap.
INLINE V FN(line)(V x, T a, T b) { return FMA(x, SPLAT(b), SPLAT(a)); }

#if TYPE_IS_F64
#include "functions_f64.h"
#else
#include "functions_f32.h"
#endif

#include "logarithms.h"
#include "large_angle_vectors.h"

// An angle reduced by a whole number of quarter turns: the sine and cosine of what remains.
typedef struct {
  VI turns;
  V sine, cosine;
} FN(quarter_turn);

INLINE FN(quarter_turn) FN(expand)(VI turns, V high, V low) {
  V z = high * high;
  V sine = high + FMA(z, FMA(high, FN(sin_series)(z), low * (T)-0.5), low);
  V fall = z * (T)0.5;
  V top = (T)1 - fall;
  V rest = FMA(z * z, FN(cos_series)(z), -high * low);
  return (FN(quarter_turn)){turns, sine, top + ((((T)1 - top) - fall) + rest)};
}

INLINE FN(quarter_turn) FN(reduce_and_expand)(V x) {
  V shifted = FMA(x, SPLAT(INVERSE_HALF_PI), SPLAT(MAGIC));
  V low, high = FN(reduce)(x, shifted - MAGIC, &low);
  return FN(expand)(FN(bits)(shifted), high, low);
}

// sin(r + turns pi/2) from sin r and cos r: the other function if odd, negated in the lower half.
INLINE V FN(turn)(V sine, V cosine, VI turns) {
  V y = SELECT((turns & 1) != 0, cosine, sine);
  return FN(from_bits)(FN(bits)(y) ^ ((turns >> 1) << (8 * (int)sizeof(T) - 1)));
}

// Replaces the lanes of y = sin x or, a quarter turn on, cos x where x is too large to reduce
// there. Infinities and NaN have become NaN already.
static __attribute__((noinline)) V FN(sine_careful)(V x, V y, int quarters) {
  VI large = (FN(abs)(x) > REDUCTION_LIMIT) & (FN(abs)(x) <= LARGEST);
  if (!FN(any)(large)) return y;
  V low, high;
  VI turns = FN(reduce_large)(SELECT(large, x, SPLAT(LARGEST)), &high, &low);
  FN(quarter_turn) q = FN(expand)(turns, high, low);
  V result = FN(turn)(q.sine, q.cosine, q.turns + quarters);
  return SELECT(large, result, y);
}

INLINE V FN(sin)(V x) {
  FN(quarter_turn) q = FN(reduce_and_expand)(x);
  V y = SELECT(x == 0, x, FN(turn)(q.sine, q.cosine, q.turns));
  VI ordinary = FN(abs)(x) <= REDUCTION_LIMIT;
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(sine_careful)(x, y, 0);
  return y;
}

INLINE V FN(cos)(V x) {
  FN(quarter_turn) q = FN(reduce_and_expand)(x);
  V y = FN(turn)(q.sine, q.cosine, q.turns + 1);
  VI ordinary = FN(abs)(x) <= REDUCTION_LIMIT;
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(sine_careful)(x, y, 1);
  return y;
}

// Both for little more than the price of one, with the same bits.
INLINE V FN(sincos)(V x, V *cosine) {
  FN(quarter_turn) q = FN(reduce_and_expand)(x);
  V y = SELECT(x == 0, x, FN(turn)(q.sine, q.cosine, q.turns));
  *cosine = FN(turn)(q.sine, q.cosine, q.turns + 1);
  VI ordinary = FN(abs)(x) <= REDUCTION_LIMIT;
  if (__builtin_expect(FN(any)(~ordinary), 0)) {
    *cosine = FN(sine_careful)(x, *cosine, 1);
    return FN(sine_careful)(x, y, 0);
  }
  return y;
}

static __attribute__((noinline)) V FN(tan_careful)(V x, V y) {
  for (int i = 0; i < LANES; i++) {
    if (!(x[i] <= REDUCTION_LIMIT && x[i] >= -REDUCTION_LIMIT)) y[i] = LIBM(tan)(x[i]);
  }
  return y;
}

INLINE V FN(tan)(V x) {
  FN(quarter_turn) q = FN(reduce_and_expand)(x);
  VI is_odd = (q.turns & 1) != 0;
  V y = SELECT(is_odd, -q.cosine, q.sine) / SELECT(is_odd, q.sine, q.cosine);
  y = SELECT(x == 0, x, y);
  VI ordinary = FN(abs)(x) <= REDUCTION_LIMIT;
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(tan_careful)(x, y);
  return y;
}

#include "quick_sines.h"
#include "hyperbolic_functions.h"
#include "inverse_angles.h"
#include "error_function.h"
#include "powers.h"

#undef MAGIC
#undef LN2_HIGH
#undef LN2_LOW
#undef HALF_PI_1
#undef HALF_PI_2
#undef HALF_PI_3
#undef HALF_PI_4
#undef SMALLEST_NORMAL
#undef LARGEST
#undef SUBNORMAL_SHIFT
#undef SUBNORMAL_SCALE
#undef REDUCTION_LIMIT
#undef INVERSE_HALF_PI
#undef ERF_LIMIT
#undef LOG2_E
#undef LOG10_E
#undef LOG10_2_HIGH
#undef LOG10_2_LOW
#undef LN2
#undef QUARTER_TURN
#undef QUARTER_TURN_LOW
#undef EXPONENT_BIAS
#undef MANTISSA_BITS
#undef SINH_LIMIT
#undef EXPM1_LOWEST
#undef EXP_LOWEST
#undef EXP_HIGHEST
#undef TWO_THIRDS
#undef TWO_THIRDS_LOW

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
//   INLINE        static, always inlined
//   LOAD(p)       vector at any address;  STORE(p, v) writes one
//   SPLAT(c)      vector of equal elements
//   SELECT(m,a,b) per lane, a where the mask VI m is -1 and b where it is 0
//   FMA(a,b,c)    a*b + c, rounded once if HAS_FMA, else twice
//
// and these functions of V:
//
//   FN(exp) FN(log) FN(sin) FN(cos) FN(tanh) FN(sqrt) FN(reciprocal) FN(abs) FN(any) FN(sum)
//
// Errors, ranges and special values are listed in include/vector_functions.h. A kernel template ends
// with its table of function pointers, `const TYPED(limbeck_<kind>) FN(<kind>_table) = {...}`, which
// dispatch.c looks up with DEFINE_LOOKUP(<kind>, f32) and DEFINE_LOOKUP(<kind>, f64).

#if LEVEL >= 1 || defined(__ARM_FEATURE_FMA)
#define HAS_FMA 1
#define FMA(a, b, c) __builtin_elementwise_fma((V)(a), (V)(b), (V)(c))
#else
#define HAS_FMA 0
#define FMA(a, b, c) ((V)(a) * (V)(b) + (V)(c))
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

#if TYPE_IS_F64
#include "functions_f64.h"
#else
#include "functions_f32.h"
#endif

// Replaces log x where x is not a positive normal number.
static __attribute__((noinline)) V FN(log_careful)(V x) {
  VI tiny = x < SMALLEST_NORMAL;
  V scaled = SELECT(tiny, x * SUBNORMAL_SCALE, x);
  V y = FN(log_normal)(scaled, SELECT(tiny, SPLAT(SUBNORMAL_SHIFT), SPLAT(0)));
  y = SELECT(x > LARGEST, x, y);
  y = SELECT(x == 0, SPLAT(-INFINITY), y);
  return SELECT(x >= 0, y, SPLAT(NAN));
}

INLINE V FN(log)(V x) {
  VI ordinary = (x >= SMALLEST_NORMAL) & (x <= LARGEST);
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(log_careful)(x);
  return FN(log_normal)(x, SPLAT(0));
}

// Replaces the lanes of y = sin x or cos x where x is too large for the reduction above.
static __attribute__((noinline)) V FN(trigonometry_careful)(V x, V y, double (*function)(double)) {
  T argument[LANES], result[LANES];
  STORE(argument, x);
  STORE(result, y);
  for (int i = 0; i < LANES; i++) {
    if (fabs((double)argument[i]) <= REDUCTION_LIMIT) continue;
    result[i] = isfinite(argument[i]) ? (T)function((double)argument[i]) : (T)NAN;
  }
  return LOAD(result);
}

// (-1)^n sin(x - n pi) with n = round(x / pi).
INLINE V FN(sin)(V x) {
  V shifted = FMA(x, SPLAT(INVERSE_PI), SPLAT(MAGIC));
  V low, high = FN(reduce)(x, shifted - MAGIC, &low);
  V y = FN(sin_reduced)(high, low);
  y = FN(from_bits)(FN(bits)(y) ^ (FN(bits)(shifted) << SIGN_SHIFT));
  y = SELECT(x == 0, x, y);
  VI ordinary = FN(abs)(x) <= REDUCTION_LIMIT;
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(trigonometry_careful)(x, y, sin);
  return y;
}

// (-1)^(m+1) sin(x - (m + 1/2) pi) with m = round(x / pi - 1/2).
INLINE V FN(cos)(V x) {
  V shifted = FMA(x, SPLAT(INVERSE_PI), SPLAT(-0.5)) + MAGIC;
  V low, high = FN(reduce)(x, (shifted - MAGIC) + (T)0.5, &low);
  V y = FN(sin_reduced)(high, low);
  y = FN(from_bits)(FN(bits)(y) ^ ((FN(bits)(shifted) + 1) << SIGN_SHIFT));
  VI ordinary = FN(abs)(x) <= REDUCTION_LIMIT;
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(trigonometry_careful)(x, y, cos);
  return y;
}

#undef MAGIC
#undef LN2_HIGH
#undef LN2_LOW
#undef PI_1
#undef PI_2
#undef PI_3
#undef PI_4
#undef SMALLEST_NORMAL
#undef LARGEST
#undef SUBNORMAL_SHIFT
#undef SUBNORMAL_SCALE
#undef REDUCTION_LIMIT
#undef INVERSE_PI
#undef SIGN_SHIFT

// The functions of functions.h over arrays, and the table of them for one type and level.

// The last, partial vector goes through a padded copy and the same arithmetic as the others, so an
// element's bits do not depend on where it stands. The padding, 1, is an ordinary argument of nearly every
// function.
#define DEFINE_ARRAY_FUNCTION(name)                                                                \
  static void FN(name##_array)(const T *x, T *y, size_t count) {                                   \
    size_t i = 0;                                                                                  \
    for (; i + LANES <= count; i += LANES) STORE(y + i, FN(name)(LOAD(x + i)));                    \
    if (i < count) {                                                                               \
      T padded[LANES];                                                                             \
      STORE(padded, SPLAT(1));                                                                     \
      memcpy(padded, x + i, (count - i) * sizeof(T));                                              \
      STORE(padded, FN(name)(LOAD(padded)));                                                       \
      memcpy(y + i, padded, (count - i) * sizeof(T));                                              \
    }                                                                                              \
  }

DEFINE_ARRAY_FUNCTION(tanh)
DEFINE_ARRAY_FUNCTION(sin)
DEFINE_ARRAY_FUNCTION(cos)
DEFINE_ARRAY_FUNCTION(exp)
DEFINE_ARRAY_FUNCTION(log)
DEFINE_ARRAY_FUNCTION(sqrt)
DEFINE_ARRAY_FUNCTION(reciprocal)
DEFINE_ARRAY_FUNCTION(expm1)
DEFINE_ARRAY_FUNCTION(log2)
DEFINE_ARRAY_FUNCTION(log10)
DEFINE_ARRAY_FUNCTION(log1p)
DEFINE_ARRAY_FUNCTION(tan)
DEFINE_ARRAY_FUNCTION(asin)
DEFINE_ARRAY_FUNCTION(acos)
DEFINE_ARRAY_FUNCTION(atan)
DEFINE_ARRAY_FUNCTION(sinh)
DEFINE_ARRAY_FUNCTION(cosh)
DEFINE_ARRAY_FUNCTION(asinh)
DEFINE_ARRAY_FUNCTION(acosh)
DEFINE_ARRAY_FUNCTION(atanh)
DEFINE_ARRAY_FUNCTION(erf)

static void FN(sincos_array)(const T *x, T *sine, T *cosine, size_t count) {
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    V c, s = FN(sincos)(LOAD(x + i), &c);
    STORE(sine + i, s);
    STORE(cosine + i, c);
  }
  if (i < count) {
    T padded[LANES];
    STORE(padded, SPLAT(1));
    memcpy(padded, x + i, (count - i) * sizeof(T));
    V c, s = FN(sincos)(LOAD(padded), &c);
    STORE(padded, s);
    memcpy(sine + i, padded, (count - i) * sizeof(T));
    STORE(padded, c);
    memcpy(cosine + i, padded, (count - i) * sizeof(T));
  }
}

static void FN(pow_array)(const T *x, const T *y, T *z, size_t count) {
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) STORE(z + i, FN(pow)(LOAD(x + i), LOAD(y + i)));
  if (i < count) {
    T base[LANES], exponent[LANES];
    STORE(base, SPLAT(1));
    STORE(exponent, SPLAT(1));
    memcpy(base, x + i, (count - i) * sizeof(T));
    memcpy(exponent, y + i, (count - i) * sizeof(T));
    STORE(base, FN(pow)(LOAD(base), LOAD(exponent)));
    memcpy(z + i, base, (count - i) * sizeof(T));
  }
}

const TYPED(limbeck_functions) FN(functions_table) = {
    .tanh = FN(tanh_array),
    .sin = FN(sin_array),
    .cos = FN(cos_array),
    .exp = FN(exp_array),
    .log = FN(log_array),
    .sqrt = FN(sqrt_array),
    .reciprocal = FN(reciprocal_array),
    .expm1 = FN(expm1_array),
    .log2 = FN(log2_array),
    .log10 = FN(log10_array),
    .log1p = FN(log1p_array),
    .tan = FN(tan_array),
    .asin = FN(asin_array),
    .acos = FN(acos_array),
    .atan = FN(atan_array),
    .sinh = FN(sinh_array),
    .cosh = FN(cosh_array),
    .asinh = FN(asinh_array),
    .acosh = FN(acosh_array),
    .atanh = FN(atanh_array),
    .erf = FN(erf_array),
    .pow = FN(pow_array),
    .sincos = FN(sincos_array),
};

#undef DEFINE_ARRAY_FUNCTION

// The functions of functions.h over arrays, and the table of them for one type and level.

// The last, partial vector goes through a padded copy and the same arithmetic as the others, so an
// element's bits do not depend on where it stands. The padding, 1, is an ordinary argument of every
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

const TYPED(limbeck_functions) FN(functions_table) = {
    .tanh = FN(tanh_array),
    .sin = FN(sin_array),
    .cos = FN(cos_array),
    .exp = FN(exp_array),
    .log = FN(log_array),
    .sqrt = FN(sqrt_array),
    .reciprocal = FN(reciprocal_array),
    .sincos = FN(sincos_array),
};

#undef DEFINE_ARRAY_FUNCTION

// Derivatives of compiled expressions with respect to their parameters, by reverse accumulation
// over a block of rows at a time; see include/expression_kernels_api.h.
//
// The forward pass keeps every value. The backward pass visits the instructions from the last, and
// hands the adjoint of each value (the derivative of the program with respect to it) down to its
// operands and parameters. A first contribution is stored, or only pointed to where it equals the
// adjoint itself; later ones are added. Griewank & Walther, Evaluating Derivatives, 2nd ed. (2008),
// chapter 3, doi:10.1137/1.9780898717761.

// Where contributions to one derivative go: `owner` points to the rows so far (NULL before the
// first contribution), `own` is room for them. No owner means that nobody asks for this derivative.
typedef struct {
  const T **owner;
  T *own;
} FN(sink);

typedef struct {
  T *values, *adjoints, *slopes, *ones, *spare, *temporary, *residual, *weighted;
} FN(workspace);

INLINE FN(workspace) FN(lay_out)(T *scratch, size_t count, size_t parameters, size_t block) {
  FN(workspace) space;
  space.values = scratch;
  space.adjoints = space.values + count * block;
  space.slopes = space.adjoints + count * block;
  space.ones = space.slopes + parameters * block;
  space.spare = space.ones + block;
  space.temporary = space.spare + block;
  space.residual = space.temporary + block;
  space.weighted = space.residual + block;
  for (size_t i = 0; i < block; i++) space.ones[i] = 1;
  return space;
}

INLINE int FN(has_constant)(const TYPED(limbeck_instruction) *step) {
  return (step->operation >= LIMBECK_OP_ADD_CONSTANT && step->operation <= LIMBECK_OP_EXP_SCALED) ||
         step->operation == LIMBECK_OP_FILL;
}

// Room for the next contribution to a sink.
INLINE T *FN(room)(FN(sink) sink, T *spare) { return *sink.owner ? spare : sink.own; }

// Makes a contribution part of the sink.
INLINE void FN(join)(FN(sink) sink, const T *contribution, size_t count) {
  if (*sink.owner == NULL) {
    *sink.owner = contribution;
    return;
  }
  const T *before = *sink.owner;
  for (size_t i = 0; i < count; i += LANES) {
    STORE(sink.own + i, LOAD(before + i) + LOAD(contribution + i));
  }
  *sink.owner = sink.own;
}

// In the formulas w is the adjoint of the instruction's value z, x and y are its operands, and t is
// what FORM has computed.
#define EACH_VECTOR(target, expression)                                                            \
  for (size_t i = 0; i < count; i += LANES) {                                                      \
    V w = LOAD(adjoint + i), x = LOAD(a + i), y = LOAD(b + i), z = LOAD(value + i);                \
    V t = LOAD(temporary + i);                                                                     \
    (void)w, (void)x, (void)y, (void)z, (void)t;                                                   \
    STORE((target) + i, (expression));                                                             \
  }
#define PULL(sink, expression)                                                                     \
  if ((sink).owner) {                                                                              \
    T *room = FN(room)(sink, spare);                                                               \
    EACH_VECTOR(room, expression)                                                                  \
    FN(join)(sink, room, count);                                                                   \
  }
#define LINK(sink)                                                                                 \
  if ((sink).owner) FN(join)(sink, adjoint, count);
#define FORM(expression) EACH_VECTOR(temporary, expression)
#define FORM_LANES(expression)                                                                     \
  for (size_t i = 0; i < count; i++) {                                                             \
    T x = a[i];                                                                                    \
    temporary[i] = (expression);                                                                   \
  }

// Hands the adjoint of one instruction down to its operands and constants.
static __attribute__((noinline)) void FN(pull_back)(
    const TYPED(limbeck_instruction) *step, const T *adjoint, const T *a, const T *b,
    const T *value, size_t count, FN(sink) to_a, FN(sink) to_b, FN(sink) to_c, FN(sink) to_d,
    T *spare, T *temporary) {
  const V c = SPLAT(step->c), zero = SPLAT(0);
  switch ((limbeck_operation)step->operation) {
  case LIMBECK_OP_ADD:
    LINK(to_a)
    LINK(to_b)
    break;
  case LIMBECK_OP_SUBTRACT:
    LINK(to_a)
    PULL(to_b, -w)
    break;
  case LIMBECK_OP_MULTIPLY:
    PULL(to_a, w * y)
    PULL(to_b, w * x)
    break;
  case LIMBECK_OP_DIVIDE:
    FORM(w / y)
    PULL(to_a, t)
    PULL(to_b, -t * z)
    break;
  case LIMBECK_OP_MINIMUM:
    PULL(to_a, SELECT((x < y) | (x != x), w, zero))
    PULL(to_b, SELECT((x < y) | (x != x), zero, w))
    break;
  case LIMBECK_OP_MAXIMUM:
    PULL(to_a, SELECT((x > y) | (x != x), w, zero))
    PULL(to_b, SELECT((x > y) | (x != x), zero, w))
    break;
  case LIMBECK_OP_ATAN2:
    FORM(w / (x * x + y * y))
    PULL(to_a, t * y)
    PULL(to_b, -t * x)
    break;
  case LIMBECK_OP_HYPOTENUSE:
    FORM(w / z)
    PULL(to_a, t * x)
    PULL(to_b, t * y)
    break;
  case LIMBECK_OP_MODULO:
    LINK(to_a)
    PULL(to_b, -w * __builtin_elementwise_floor(x / y))
    break;
  case LIMBECK_OP_CONDITIONAL:
    PULL(to_a, zero)
    PULL(to_b, FN(conditional)(x, w))
    break;
  case LIMBECK_OP_GREATER:
  case LIMBECK_OP_LOGICAL_OR:
  case LIMBECK_OP_LOGICAL_AND:
    PULL(to_a, zero)
    PULL(to_b, zero)
    break;
  case LIMBECK_OP_POLYGAMMA:
    // The order is a whole number and has no derivative.
    PULL(to_a, zero)
    if (to_b.owner) {
      FORM_LANES((T)limbeck_polygamma((double)x + 1, b[i]))
      PULL(to_b, w * t)
    }
    break;
  case LIMBECK_OP_POWER:
    PULL(to_a, w * y * FN(pow)(x, y - 1))
    // 0^y stays 0 as y > 0 varies.
    PULL(to_b, SELECT(x == 0, zero, w * z * FN(log)(x)))
    break;

  case LIMBECK_OP_ADD_CONSTANT:
    LINK(to_a)
    LINK(to_c)
    break;
  case LIMBECK_OP_MULTIPLY_CONSTANT:
    PULL(to_a, w * c)
    PULL(to_c, w * x)
    break;
  case LIMBECK_OP_CONSTANT_MINUS:
    PULL(to_a, -w)
    LINK(to_c)
    break;
  case LIMBECK_OP_CONSTANT_OVER:
    FORM(w / x)
    PULL(to_a, -t * z)
    PULL(to_c, t)
    break;
  case LIMBECK_OP_AFFINE:
    PULL(to_a, w * c)
    PULL(to_c, w * x)
    LINK(to_d)
    break;
  case LIMBECK_OP_POWER_CONSTANT:
    PULL(to_a, w * c * FN(pow)(x, c - 1))
    PULL(to_c, SELECT(x == 0, zero, w * z * FN(log)(x)))
    break;
  case LIMBECK_OP_SIN_SCALED:
    FORM(w * FN(cos)(x * c))
    PULL(to_a, t * c)
    PULL(to_c, t * x)
    break;
  case LIMBECK_OP_COS_SCALED:
    FORM(-w * FN(sin)(x * c))
    PULL(to_a, t * c)
    PULL(to_c, t * x)
    break;
  case LIMBECK_OP_EXP_SCALED:
    PULL(to_a, w * z * c)
    PULL(to_c, w * z * x)
    break;

  case LIMBECK_OP_COPY:
    LINK(to_a)
    break;
  case LIMBECK_OP_NEGATE:
    PULL(to_a, -w)
    break;
  case LIMBECK_OP_RECIPROCAL:
    PULL(to_a, -w * z * z)
    break;
  case LIMBECK_OP_SQUARE:
    PULL(to_a, w * (x + x))
    break;
  case LIMBECK_OP_CUBE:
    PULL(to_a, w * (3 * x * x))
    break;
  case LIMBECK_OP_SQUARE_ROOT:
    PULL(to_a, w / (z + z))
    break;
  case LIMBECK_OP_ABSOLUTE:
    PULL(to_a, w * FN(sign)(x))
    break;
  case LIMBECK_OP_SIGN:
  case LIMBECK_OP_STEP:
  case LIMBECK_OP_FLOOR:
  case LIMBECK_OP_CEILING:
  case LIMBECK_OP_ROUND:
    PULL(to_a, zero)
    break;
  case LIMBECK_OP_RELU:
    PULL(to_a, FN(conditional)(x, w))
    break;
  case LIMBECK_OP_EXP:
    PULL(to_a, w * z)
    break;
  case LIMBECK_OP_LOG:
    PULL(to_a, w / x)
    break;
  case LIMBECK_OP_SIN:
    PULL(to_a, w * FN(cos)(x))
    break;
  case LIMBECK_OP_COS:
    PULL(to_a, -w * FN(sin)(x))
    break;
  case LIMBECK_OP_TANH:
    PULL(to_a, w * (1 - z * z))
    break;

  case LIMBECK_OP_TAN:
    PULL(to_a, w * (1 + z * z))
    break;
  case LIMBECK_OP_ASIN:
    PULL(to_a, w / FN(sqrt)(1 - x * x))
    break;
  case LIMBECK_OP_ACOS:
    PULL(to_a, -w / FN(sqrt)(1 - x * x))
    break;
  case LIMBECK_OP_ATAN:
    PULL(to_a, w / (1 + x * x))
    break;
  case LIMBECK_OP_SINH:
    PULL(to_a, w * FN(cosh)(x))
    break;
  case LIMBECK_OP_COSH:
    PULL(to_a, w * FN(sinh)(x))
    break;
  case LIMBECK_OP_ERF:
    PULL(to_a, w * FN(exp)(-x * x) * SPLAT(1.12837916709551257390))
    break;
  case LIMBECK_OP_CUBE_ROOT:
    PULL(to_a, w / (3 * z * z))
    break;

  case LIMBECK_OP_LOG2:
    PULL(to_a, w * SPLAT(1.44269504088896340736) / x)
    break;
  case LIMBECK_OP_LOG10:
    PULL(to_a, w * SPLAT(0.43429448190325182765) / x)
    break;
  case LIMBECK_OP_LOG1P:
    PULL(to_a, w / (1 + x))
    break;
  case LIMBECK_OP_EXPM1:
    PULL(to_a, w * (1 + z))
    break;
  case LIMBECK_OP_ASINH:
    PULL(to_a, w / FN(sqrt)(1 + x * x))
    break;
  case LIMBECK_OP_ACOSH:
    PULL(to_a, w / (FN(sqrt)(x - 1) * FN(sqrt)(x + 1)))
    break;
  case LIMBECK_OP_ATANH:
    PULL(to_a, w / (1 - x * x))
    break;
  case LIMBECK_OP_ERFC:
    PULL(to_a, -w * FN(exp)(-x * x) * SPLAT(1.12837916709551257390))
    break;

  case LIMBECK_OP_GAMMA:
    FORM_LANES((T)limbeck_digamma(x))
    PULL(to_a, w * z * t)
    break;
  case LIMBECK_OP_LOG_GAMMA:
    FORM_LANES((T)limbeck_digamma(x))
    PULL(to_a, w * t)
    break;
  case LIMBECK_OP_DIGAMMA:
    FORM_LANES((T)limbeck_polygamma(1, x))
    PULL(to_a, w * t)
    break;
  case LIMBECK_OP_BESSEL_J0:
    FORM_LANES((T)j1(x))
    PULL(to_a, -w * t)
    break;
  case LIMBECK_OP_BESSEL_J1:
    // J1(x) / x is 1/2 at 0.
    FORM_LANES(x == 0 ? (T)0.5 : (T)(j0(x) - j1(x) / x))
    PULL(to_a, w * t)
    break;
  case LIMBECK_OP_BESSEL_Y0:
    FORM_LANES((T)y1(x))
    PULL(to_a, -w * t)
    break;
  case LIMBECK_OP_BESSEL_Y1:
    FORM_LANES((T)(y0(x) - y1(x) / x))
    PULL(to_a, w * t)
    break;

  case LIMBECK_OP_FILL:
    LINK(to_c)
    break;
  }
}

#undef EACH_VECTOR
#undef PULL
#undef LINK
#undef FORM
#undef FORM_LANES

// Marks the instructions whose values depend on a parameter.
INLINE void FN(find_active)(const TYPED(limbeck_instruction) *code, size_t count, uint8_t *active) {
  for (size_t k = 0; k < count; k++) {
    const TYPED(limbeck_instruction) *step = code + k;
    active[k] = FN(has_constant)(step) && step->c_parameter >= 0;
    if (step->operation == LIMBECK_OP_AFFINE && step->d_parameter >= 0) active[k] = 1;
    if (FN(has_operand)(step) && step->a >= 0 && active[step->a]) active[k] = 1;
    if (FN(has_two_operands)(step) && step->b >= 0 && active[step->b]) active[k] = 1;
  }
}

// Values and derivatives of one block of rows. slope[p] points to the derivatives with respect to
// parameter p, or is NULL if there are none.
static void FN(differentiate)(const TYPED(limbeck_instruction) *code, size_t count,
                              size_t parameters, const uint8_t *active, FN(rows) rows, size_t block,
                              const FN(workspace) *space, const T **slope) {
  for (size_t k = 0; k < count; k++) {
    FN(run)(code + k, space->values, block, rows, space->values + k * block);
  }
  const T *adjoint[LIMBECK_MAX_INSTRUCTIONS];
  for (size_t k = 0; k < count; k++) adjoint[k] = NULL;
  for (size_t p = 0; p < parameters; p++) slope[p] = NULL;
  adjoint[count - 1] = space->ones;
  for (size_t k = count; k-- > 0;) {
    if (!active[k] || adjoint[k] == NULL) continue;
    const TYPED(limbeck_instruction) *step = code + k;
    FN(sink) to_a = {NULL, NULL}, to_b = {NULL, NULL}, to_c = {NULL, NULL}, to_d = {NULL, NULL};
    T padded_a[LANES], padded_b[LANES];
    const T *value = space->values + k * block, *a = value, *b = value;
    if (FN(has_operand)(step)) {
      a = FN(operand)(step->a, space->values, block, rows, padded_a);
      if (step->a >= 0 && active[step->a]) {
        to_a = (FN(sink)){adjoint + step->a, space->adjoints + (size_t)step->a * block};
      }
    }
    if (FN(has_two_operands)(step)) {
      b = FN(operand)(step->b, space->values, block, rows, padded_b);
      if (step->b >= 0 && active[step->b]) {
        to_b = (FN(sink)){adjoint + step->b, space->adjoints + (size_t)step->b * block};
      }
    }
    if (FN(has_constant)(step) && step->c_parameter >= 0) {
      size_t p = (size_t)step->c_parameter;
      to_c = (FN(sink)){slope + p, space->slopes + p * block};
    }
    if (step->operation == LIMBECK_OP_AFFINE && step->d_parameter >= 0) {
      size_t p = (size_t)step->d_parameter;
      to_d = (FN(sink)){slope + p, space->slopes + p * block};
    }
    FN(pull_back)(step, adjoint[k], a, b, value, rows.count, to_a, to_b, to_c, to_d, space->spare,
                  space->temporary);
  }
}

static void FN(jacobian)(const TYPED(limbeck_instruction) *code, size_t count, size_t parameters,
                         const T *const *columns, size_t rows, size_t block, T *scratch, T *result,
                         T *const *jacobian) {
  FN(workspace) space = FN(lay_out)(scratch, count, parameters, block);
  uint8_t active[LIMBECK_MAX_INSTRUCTIONS];
  const T *slope[LIMBECK_MAX_PARAMETERS];
  FN(find_active)(code, count, active);
  for (size_t first = 0, length; first < rows; first += length) {
    FN(rows) here = FN(next_rows)(columns, first, rows, block);
    FN(differentiate)(code, count, parameters, active, here, block, &space, slope);
    length = here.ragged ? here.ragged : here.count;
    memcpy(result + first, space.values + (count - 1) * block, length * sizeof(T));
    for (size_t p = 0; p < parameters; p++) {
      if (slope[p]) {
        memcpy(jacobian[p] + first, slope[p], length * sizeof(T));
      } else {
        memset(jacobian[p] + first, 0, length * sizeof(T));
      }
    }
  }
}

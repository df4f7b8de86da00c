#ifndef LIMBECK_JETS_H
#define LIMBECK_JETS_H

// Activation functions of jets (truncated Taylor polynomials in several variables), forward and
// in reverse, and the rows of the Jacobian.
//
// A jet is a polynomial with one coefficient per *channel*. Channel 0 is the value; channel m belongs
// to a monomial of the input variables, with the derivative divided by the factorials of its
// exponents (Taylor's normalisation), so that the product of jets is a plain convolution. The set of
// monomials is closed under division; one more channel may stand for a weighted sum of monomials. A
// unit's jet at a block of points is an array
// [channels, points], points contiguous, their number a multiple of LIMBECK_BLOCK_MULTIPLE.
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// Bounds of what fits on the stack of a kernel.
#define LIMBECK_JET_MAX_CHANNELS 256
#define LIMBECK_JET_MAX_ORDER 6

typedef enum {
  LIMBECK_TANH = 0,
  LIMBECK_SIN = 1,
  LIMBECK_SWISH = 2,      // z / (1 + exp(-z))
  LIMBECK_GELU = 3,       // z (1 + erf(z / sqrt 2)) / 2
  LIMBECK_SOFTPLUS = 4,   // log(1 + exp z)
  LIMBECK_SIGMOID = 5,    // 1 / (1 + exp(-z))
  LIMBECK_EXP = 6,        // exp z
  LIMBECK_RECIPROCAL = 7, // 1 / z
  LIMBECK_RELU = 8        // max(z, 0), with slope 0 at 0
} limbeck_activation;

// One term of a convolution: target += weight * left * right.
typedef struct {
  uint16_t left, right, target;
  uint16_t ends_target;  // 1 in the last of the terms of one target, which stand together
  double weight;
} limbeck_jet_term;

typedef struct {
  int channels;
  int order;  // highest degree of a monomial
  // powers[k]: the terms of the k-th power of a jet without constant part, from its (k-1)-th power
  // (left) and itself (right), k = 2 ... order.
  const limbeck_jet_term *_Nullable powers[LIMBECK_JET_MAX_ORDER + 1];
  int power_counts[LIMBECK_JET_MAX_ORDER + 1];
  // The transposed product: target * right = weight * left as elements of the algebra.
  const limbeck_jet_term *_Nullable adjoint;
  int adjoint_count;
  // Plans of second order without mixed products have `first` channels x_i and then `second` ones, the
  // k-th with sum over i of squares[k * first + i] x_i^2; NULL for other plans.
  const double *_Nullable squares;
  int first, second;
  // 3 where each channel is there for the powers 1, h and h^2 of one more variable, all channels of a
  // power together; else 1. The numbers of `squares` are those of one power.
  int powers_of_h;
} limbeck_jet_plan;

#define LIMBECK_DECLARE_JET_KERNELS(T, type)                                                       \
  typedef struct {                                                                                 \
    /* a = f(z) for `units` jets of [channels, points] each. In place if a == z. */                \
    void (*_Nonnull forward)(int activation, const limbeck_jet_plan *plan, size_t units, size_t points,     \
                    const T *z, T *a);                                                             \
    /* Given the adjoints of a = f(z), those of z: reverse of `forward`. In place over `adjoint`.  \
       `a` is the forward result, which saves recomputing tanh. */                                 \
    void (*_Nonnull reverse)(int activation, const limbeck_jet_plan *plan, size_t units, size_t points,     \
                    const T *z, const T *a, T *adjoint);                                           \
    /* Derivatives of one residual per point by a layer's weights:                                 \
       rows[(o * in + i) * stride + p] = sum over channels of adjoint[o][c][p] * input[i][c][p],   \
       for unit `o` of `out` and `i` of `in`; and by its biases,                                   \
       biases[o * stride + p] = adjoint[o][0][p]. */                                               \
    void (*_Nonnull jacobian)(size_t channels, size_t out, size_t in, size_t points, const T *adjoint,      \
                     const T *input, T *rows, T *biases, size_t stride);                           \
    /* out += x y for `units` pairs of jets; steps are in units, and 0 repeats a unit. */          \
    void (*_Nonnull multiply)(const limbeck_jet_plan *plan, size_t units, size_t points,           \
                     const T *x, size_t x_step, const T *y, size_t y_step, T *out,                 \
                     size_t out_step);                                                             \
    /* Reverse of `multiply` by x: adds to x's adjoint, given that of `out` and y. */              \
    void (*_Nonnull multiply_reverse)(const limbeck_jet_plan *plan, size_t units, size_t points,   \
                     const T *out_adjoint, size_t out_step, const T *y, size_t y_step,             \
                     T *x_adjoint, size_t x_step);                                                 \
  } limbeck_jets_##type;                                                                           \
  /* The kernels at a level, or NULL where the processor lacks it. */                              \
  const limbeck_jets_##type *_Nullable limbeck_jets_##type##_at(int level);

LIMBECK_DECLARE_JET_KERNELS(float, f32)
LIMBECK_DECLARE_JET_KERNELS(double, f64)
#undef LIMBECK_DECLARE_JET_KERNELS
#pragma clang assume_nonnull end

#endif

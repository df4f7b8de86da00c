/// What a normal form treats as indivisible.
enum Atom: Hashable {
  /// A name.
  case symbol(Symbol)
  /// The constant π.
  case pi
  /// The imaginary unit, which carries sines and cosines while a proof lasts.
  case imaginaryUnit
  /// A prime number under a fractional exponent: √2 is 2^(1/2).
  case prime(Int64)
  /// `exp(m)` for a monomial m; exponents do the rest: exp(2x)·exp(y) is exp(x)²·exp(y).
  case exponential(Monomial)
  /// A sum, or a product under a fractional exponent, that stays in one piece.
  case base(Polynomial)
  /// A function of one argument without rules of products.
  case function(Operator, Polynomial)
  /// A function of two arguments without rules of products.
  case binary(Operator, Polynomial, Polynomial)
}

/// The ring in which one formula is brought to normal form: sums of products of atoms.
///
/// Equal formulas become equal polynomials as far as the rules reach: like terms collected with
/// exact fractions, exponents of equal atoms added, exponentials merged, powers of sums expanded.
/// Atoms are numbered as they are met and live only as long as the ring.
final class Algebra {
  /// How far products are worked out.
  enum Style {
    /// Everything is expanded, and circular and hyperbolic functions become exponentials, so that
    /// their identities are identities of polynomials. For proofs.
    case proof
    /// Products of sums are expanded.
    case expanded
    /// Products of sums stay products.
    case factored
  }

  let style: Style

  /// Whether the formula outgrew the limits; nothing computed since then means anything.
  private(set) var isExhausted = false

  private(set) var atoms: [Atom] = []
  private var numbers: [Atom: Int32] = [:]
  private var work = 0

  /// What ``key(of:)`` has found so far, by atom.
  var keys: [AtomKey?] = []

  /// The most products of terms; a second's work.
  private static let workLimit = 400_000

  /// The most terms of a sum: what nobody would read is not worth working out.
  let termLimit: Int

  init(style: Style) {
    self.style = style
    termLimit = style == .proof ? 20_000 : 300
  }

  /// The number of an atom.
  func number(of atom: Atom) -> Int32 {
    if let number = numbers[atom] { return number }
    let number = Int32(atoms.count)
    atoms.append(atom)
    keys.append(nil)
    numbers[atom] = number
    return number
  }

  func atom(_ factor: Factor) -> Atom { atoms[Int(factor.atom)] }

  /// An atom to a power, with no rule applied.
  func factor(_ atom: Atom, _ exponent: Coefficient = .one) -> Polynomial {
    Polynomial(Term(coefficient: .one, monomial: monomial(atom, exponent)))
  }

  func monomial(_ atom: Atom, _ exponent: Coefficient = .one) -> Monomial {
    exponent.isZero ? .one : Monomial(factors: [Factor(atom: number(of: atom), exponent: exponent)])
  }

  /// Counts work done; returns whether more may be done.
  func spend(_ amount: Int) -> Bool {
    work += amount
    if work > Algebra.workLimit { isExhausted = true }
    return !isExhausted
  }

  /// Gives up, for a reason other than work.
  func exhaust() -> Polynomial {
    isExhausted = true
    return .zero
  }

  /// Gives up on sums with an infinity or a NaN in them, whose terms never cancel.
  func requireFinite(_ sum: Polynomial) -> Polynomial {
    let isFinite = sum.terms.allSatisfy { term in
      term.coefficient.value.isFinite
        && term.monomial.factors.allSatisfy { $0.exponent.value.isFinite }
    }
    return isFinite ? sum : exhaust()
  }

  // MARK: Facts about atoms

  /// Whether an atom cannot be negative anywhere.
  func isNonnegative(_ factor: Factor) -> Bool {
    switch atom(factor) {
    case .pi, .prime: true
    case .exponential(let exponent): isReal(exponent) && !isPower(exponent)
    case .function(let operation, _): operation == .abs || operation == .cosh || operation == .sqrt
    case .base, .symbol, .imaginaryUnit, .binary: false
    }
  }

  /// Whether a factor cannot be negative where it is defined, its exponent considered.
  func isPowerNonnegative(_ factor: Factor) -> Bool {
    guard isReal(factor) else { return false }
    return isNonnegative(factor) || factor.exponent.isEven || !factor.exponent.isInteger
  }

  /// Whether `exp` of a monomial stands for a power a^x, which a negative a may have.
  func isPower(_ exponent: Monomial) -> Bool {
    exponent.factors.contains {
      if case .function(.log, _) = atom($0) { true } else { false }
    }
  }

  func isReal(_ monomial: Monomial) -> Bool { monomial.factors.allSatisfy(isReal) }

  private func isReal(_ factor: Factor) -> Bool {
    switch atom(factor) {
    case .imaginaryUnit: false
    case .exponential(let exponent): isReal(exponent)
    default: true
    }
  }
}

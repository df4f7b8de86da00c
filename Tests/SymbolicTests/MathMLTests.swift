import Symbolic
import Testing

@Suite("MathML")
struct MathMLTests {
  @Test(arguments: [
    ("x + 1", "<mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow>"),
    ("-x", "<mrow><mo>−</mo><mi>x</mi></mrow>"),
    ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ("exp(-t)", "<msup><mi>e</mi><mrow><mo>−</mo><mi>t</mi></mrow></msup>"),
    ("pi/alpha", "<mfrac><mi>π</mi><mi>α</mi></mfrac>"),
    ("u_xx", "<msub><mi>u</mi><mrow><mi>x</mi><mi>x</mi></mrow></msub>"),
    ("x1", "<msub><mi>x</mi><mn>1</mn></msub>"),
    ("2*3", "<mrow><mn>2</mn><mo>⋅</mo><mn>3</mn></mrow>"),
    ("sqrt(x)", "<msqrt><mi>x</mi></msqrt>"),
    (
      "sin(x)",
      "<mrow><mi>sin</mi><mo>&#x2061;</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>"
    ),
    (
      "(x + y)^2",
      "<msup><mrow><mo>(</mo><mrow><mi>x</mi><mo>+</mo><mi>y</mi></mrow><mo>)</mo></mrow>"
        + "<mn>2</mn></msup>"
    ),
    (
      "x - (y - z)",
      "<mrow><mi>x</mi><mo>−</mo><mrow><mo>(</mo><mrow><mi>y</mi><mo>−</mo><mi>z</mi></mrow>"
        + "<mo>)</mo></mrow></mrow>"
    ),
    ("0.09510230733274332", "<mn>0.0951023</mn>"),
    (
      "1.5e-12",
      "<mrow><mn>1.5</mn><mo>⋅</mo><msup><mn>10</mn><mrow><mo>−</mo><mn>12</mn></mrow></msup></mrow>"
    ),
  ])
  func `formulas are laid out as on paper`(text: String, markup: String) throws {
    #expect(try Expression(parsing: text).mathML() == markup)
  }

  @Test func `every operator has well-formed markup`() {
    for operation in Operator.allCases where operation.arity > 0 {
      let x = Expression.Node(symbol: "x")
      let nodes = Array(repeating: x, count: operation.arity) + [Expression.Node(operation)]
      let markup = Expression(postfix: nodes).mathML()
      var open: [Substring] = []
      for tag in markup.matches(of: /<(\/?)([a-z]+)>/) {
        if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
      }
      #expect(open.isEmpty && markup.contains("<mi>x</mi>"), "\(operation)")
    }
  }

  @Test func `names are escaped`() {
    let name = Expression(Symbol("a<b&c"))
    #expect(name.mathML() == "<mi>a&lt;b&amp;c</mi>")
  }
}

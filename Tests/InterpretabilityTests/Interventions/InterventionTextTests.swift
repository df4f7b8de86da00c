import Interpretability
import Networks
import PINN
import Testing

@Suite("Interventions as text")
struct InterventionTextTests {
  @Test("interventions are read from text, and nonsense is refused")
  func text() throws {
    let study = try InterventionStudyTests.study()
    let site = study.solution.network.sites[0]
    func read(_ text: String, _ verb: InterventionText.Verb) throws -> Intervention {
      let all = try InterventionText.interventions(text, by: verb, in: study)
      #expect(all.count == 1)
      return all[0]
    }
    #expect(try read("layer0.neuron1", .zero) == .set([1: 0], at: site))
    #expect(try read("layer0.neuron0=-2", .scale) == .scale([0: -2], at: site))
    #expect(try read("last=0.5", .set) == .set([0: 0.5, 1: 0.5], at: site))
    #expect(try read("layer0=-1:0.5", .clamp) == .clamp([0: -1...0.5, 1: -1...0.5], at: site))
    let amount = #expect(throws: InterventionError.self) { try read("layer0", .scale) }
    #expect(
      amount?.description
        == "'--scale layer0' says no finite number; write it like layer0=0.5")
    #expect(throws: InterventionError.self) { try read("layer0=2:1", .clamp) }
    #expect(throws: InterventionError.noDirection("layer0=1")) { try read("layer0=1", .add) }
    #expect(throws: DistillationError.self) { try read("layer0.neuron2", .zero) }
    #expect(throws: ExtractionError.self) { try read("layer7", .zero) }
  }
}

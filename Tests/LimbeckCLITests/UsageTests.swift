import Testing

@Suite("Wrong usage ends with 64 and says what to do")
struct UsageTests {
  @Test(arguments: [
    (
      ["train", "r.yaml", "--tiem", "3"], "Unknown option '--tiem'. Did you mean '--time'?", "train"
    ),
    (["train", "r.yaml", "--threads", "0"], "'--threads 0' is too small; use 1 or more.", "train"),
    (["train", "r.yaml", "--time", "-1"], "'--time -1' is not a positive number.", "train"),
    (["train", "r.yaml", "--time", "nan"], "'--time nan' is not a positive number.", "train"),
    (["train", "r.yaml", "--steps", "-5"], "'--steps -5' is too small; use 1 or more.", "train"),
    (
      ["train", "r.yaml", "--resume", "--force"],
      "'--resume' continues a run and '--force' replaces it; use one of them.", "train"
    ),
    (
      ["train", "r.yaml", "--seeds", "3...1"],
      "The value '3...1' is invalid for '--seeds <list>': give seeds such as 1...5 or 1,4,9, each "
        + "once and at most 1000 of them",
      "train"
    ),
    (
      ["train", "r.yaml", "--seeds", "1,2", "--seed", "1"],
      "'--seed' is for one training and '--seeds' for several; use one of them.", "train"
    ),
    (["run", "r.yaml", "--seed", "abc"], "The value 'abc' is invalid for '--seed <n>'", "run"),
    (["run", "r.yaml", "--seed", "-1"], "'--seed -1' is too small; use 0 or more.", "run"),
    (
      ["run", "r.yaml", "--quiet", "--verbose"],
      "'--quiet' and '--verbose' contradict each other; use one of them.", "run"
    ),
    (
      ["distill", "d.csv", "--export", "fortran"],
      "The value 'fortran' is invalid for '--export <language>'. Please provide one of the "
        + "following: text, latex, sympy, numpy, torch, jax, swift, c", "distill"
    ),
    (
      ["evaluate", "run", "--at", "p.csv", "--fields", ","],
      "'--fields' names nothing; give names such as u,u_x.", "evaluate"
    ),
    (["new", ""], "'' is no name for a problem; give one such as my-problem.", "new"),
    (["new", "/"], "'/' is no name for a problem; give one such as my-problem.", "new"),
    (
      ["circuit", "run", "--rows", "99999999999"],
      "'--rows 99999999999' is too large; use 10000 or less.", "circuit"
    ),
    (
      ["probe", "run", "--rows", "99999999999"],
      "'--rows 99999999999' is too large; use 1000000 or less.", "probe"
    ),
    (
      ["probe", "run", "--resamples", "9999999999"],
      "'--resamples 9999999999' is too large; use 100000 or less.", "probe"
    ),
    (["distill"], "Missing expected argument '<input>'", "distill"),
    (["distill", "d.csv", "--rows", "1"], "'--rows 1' is too small; use 2 or more.", "distill"),
    (
      ["distill", "d.csv", "--evaluations", "0"], "'--evaluations 0' is too small; use 1 or more.",
      "distill"
    ),
    (
      ["distill", "d.csv", "--target", "a", "--target", "a"],
      "'--target a' is given twice; name each target once.", "distill"
    ),
    (
      ["distill", "d.csv", "--columns", ""],
      "'--columns' names no column; give names such as a,b,c.", "distill"
    ),
    (
      ["distill", "d.csv", "--json", "--export", "c"],
      "'--json' and '--export' print different things; use one of them.", "distill"
    ),
    (
      ["distill", "r.yaml", "--rows", "9"],
      "'--rows' is for runs and tables, and 'r.yaml' is a recipe.",
      "distill"
    ),
    (
      ["distill", ".", "--weights", "w"], "'--weights' is for tables, and '.' is a run.", "distill"
    ),
    (
      ["distill", "d.csv", "--target", "a,b,a"],
      "'--target a' is given twice; name each target once.", "distill"
    ),
    (
      ["distill", "d.csv", "--target", ","], "'--target' names nothing; give names such as u,v.",
      "distill"
    ),
    (
      ["distill", "d.csv", "--maxsize", "0"], "'--maxsize 0' is too small; use 1 or more.",
      "distill"
    ),
    (
      ["distill", "d.csv", "--maxdepth", "1"], "'--maxdepth 1' is too small; use 2 or more.",
      "distill"
    ),
    (["evaluate", "run"], "Missing expected argument '--at <table>'", "evaluate"),
    (["train", "r.yaml", "s.yaml"], "Unexpected argument 's.yaml'", "train"),
    (["trian", "r.yaml", "--out", "b"], "Unknown command 'trian'. Did you mean 'train'?", ""),
    (["help", "distil"], "Unknown command 'distil'. Did you mean 'distill'?", ""),
    (["--colour"], "Unknown option '--colour'", ""),
  ])
  func `the sentence names the option`(
    arguments: [String], sentence: String, command: String
  ) throws {
    let outcome = try CommandLineTool.run(arguments, in: CommandLineTool.root)
    #expect(outcome.status == 64)
    let place = command.isEmpty ? "limbeck" : "limbeck \(command)"
    #expect(outcome.errors == "error: \(sentence)\nSee '\(place) --help'.\n")
    #expect(outcome.output.isEmpty)
  }

  @Test func `a command that is like none gets the list of all`() throws {
    let outcome = try CommandLineTool.run(["frobnicate"], in: CommandLineTool.root)
    #expect(outcome.status == 64)
    #expect(outcome.errors.hasPrefix("error: Unknown command 'frobnicate'. Known are run, train, "))
  }

  @Test(arguments: [
    [], ["run"], ["train"], ["distill"], ["evaluate"], ["plot"], ["report"],
  ])
  func `every command explains itself`(command: [String]) throws {
    let help = try CommandLineTool.run(command + ["--help"], in: CommandLineTool.root)
    #expect(help.status == 0)
    #expect(help.errors.isEmpty)
    #expect(help.output.hasPrefix("OVERVIEW: "))
    for option in command.isEmpty ? ["--version"] : ["--out", "--seed", "--threads", "--json"] {
      #expect(help.output.contains(option))
    }
    let other = try CommandLineTool.run(["help"] + command, in: CommandLineTool.root)
    #expect(other.output == help.output)
  }

  @Test func `the version is a number of three parts`() throws {
    let outcome = try CommandLineTool.run(["--version"], in: CommandLineTool.root)
    #expect(outcome.status == 0)
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}

/// The version of this package, as it is written into every manifest.
public let limbeckVersion = "0.1.0"

/** Issuers of code-signing certificates, commonest first, with the list of revoked ones that each points to. */
export interface AuthorityFact {
  readonly issuer: string;
  readonly revocations: readonly string[];
}

export const authorities: readonly AuthorityFact[] = [
  {
    issuer: "DigiCert Trusted G4 Code Signing RSA4096 SHA384 2021 CA1",
    revocations: [
      "http://crl3.digicert.com/DigiCertTrustedG4CodeSigningRSA4096SHA3842021CA1.crl",
      "http://crl4.digicert.com/DigiCertTrustedG4CodeSigningRSA4096SHA3842021CA1.crl",
    ],
  },
  {
    issuer: "Sectigo Public Code Signing CA R36",
    revocations: ["http://crl.sectigo.com/SectigoPublicCodeSigningCAR36.crl"],
  },
  {
    issuer: "DigiCert SHA2 Assured ID Code Signing CA",
    revocations: ["http://crl3.digicert.com/sha2-assured-cs-g1.crl", "http://crl4.digicert.com/sha2-assured-cs-g1.crl"],
  },
  {
    issuer: "GlobalSign GCC R45 EV CodeSigning CA 2020",
    revocations: ["http://crl.globalsign.com/gsgccr45evcodesignca2020.crl"],
  },
  {
    issuer: "Sectigo Public Code Signing CA EV R36",
    revocations: ["http://crl.sectigo.com/SectigoPublicCodeSigningCAEVR36.crl"],
  },
  { issuer: "DigiCert EV Code Signing CA (SHA2)", revocations: ["http://crl3.digicert.com/EVCodeSigningSHA2-g1.crl"] },
  { issuer: "Certum Code Signing 2021 CA", revocations: ["http://ccsca2021.crl.certum.pl/ccsca2021.crl"] },
  {
    issuer: "SSL.com Code Signing Intermediate CA RSA R1",
    revocations: ["http://crls.ssl.com/ssl.com-codesigning.crl"],
  },
  {
    issuer: "Entrust Extended Validation Code Signing CA - EVCS2",
    revocations: ["http://crl.entrust.net/evcs2.crl"],
  },
  {
    issuer: "Go Daddy Secure Certificate Authority - G2",
    revocations: ["http://crl.godaddy.com/gdig2s5-6.crl"],
  },
  { issuer: "VeriSign Class 3 Code Signing 2010 CA", revocations: ["http://csc3-2010-crl.verisign.com/CSC3-2010.crl"] },
  { issuer: "thawte SHA256 Code Signing CA", revocations: ["http://tl.symcb.com/tl.crl"] },
];

export const microsoftAuthorities: Readonly<Record<"windows" | "corporation" | "hardware", AuthorityFact>> = {
  windows: {
    issuer: "Microsoft Windows Production PCA 2011",
    revocations: ["http://www.microsoft.com/pkiops/crl/MicWinProPCA2011_2011-10-19.crl"],
  },
  corporation: {
    issuer: "Microsoft Code Signing PCA 2011",
    revocations: ["http://www.microsoft.com/pkiops/crl/MicCodSigPCA2011_2011-07-08.crl"],
  },
  hardware: {
    issuer: "Microsoft Windows Third Party Component CA 2012",
    revocations: [
      "http://www.microsoft.com/pkiops/crl/Microsoft%20Windows%20Third%20Party%20Component%20CA%202012.crl",
    ],
  },
};

// Names that say less than they seem to: facts about vendors, by tool and by what rules look for.
const wide = "the vendor signs other products with it, too";

/** Signers whose findings need a second look, and why. */
export const weakSigners = {
  AnyplaceControl: { "Honcharuk Yuriy": "a person", "Yurii Honcharuk": "a person", "Yuriy Honcharuk": "a person" },
  AnyViewer: { "AOMEI International Network Limited": wide },
  BarracudaRMM: { "AVG Technologies": "an antivirus vendor that owned the product once", "Barracuda Networks": wide },
  BeyondTrust: { "BeyondTrust Corporation": wide, "BeyondTrust Software": wide },
  ConnectWise: { ConnectWise: wide },
  CrossTec: { NetSupport: "it signs programs for schools, too" },
  DameWare: { Dameware: "an old brand; current builds are signed by SolarWinds" },
  DattoRMM: { "Datto Inc": wide },
  DesktopNow: { "NCH Software": wide },
  DistantDesktop: { "German Gorodokuplya": "a person" },
  IperiusRemote: { "Enter S.R.L.": wide, "Enter Srl": wide },
  ISLOnline: { "XLAB D.O.O.": "a holding company" },
  JumpCloud: { JumpCloud: wide },
  Kaseya: { Kaseya: wide },
  LiteManager: { "Yakhnovets Denis Aleksandrovich IP": "a sole trader" },
  LogMeIn: { "GoTo, Inc": wide, LogMeIn: wide },
  MeshCentral: { meshcentral: "agents are signed by the root of their own server; only its default name is found" },
  MSP360_CloudBerry: { "Trichilia Consultants": "a former holder of the certificate" },
  NAble: { "N-Able Technologies": wide },
  NetSupport: { NetSupport: "it signs programs for schools, too" },
  PDQ: { "PDQ.com": wide },
  RAdmin: { famatech: wide },
  RealVNC: { realvnc: wide },
  RemotePC: { idrive: wide },
  Splashtop: { Splashtop: "it signs parts of other remote-management tools, too" },
  Syspectr: { "O&O Software GmbH": wide },
  TSPlus: { JWTS: "a short word" },
  ZohoAssist: { Zoho: wide },
};

/** Companies that make much else, so that only the product's name beside them tells. */
export const wideCompanies = {
  ChromeRDP: ["Google"],
  DameWare: ["SolarWinds"],
  Itarian: ["Comodo"],
  ZohoAssist: ["Zoho"],
};

/** Words that anybody's product may have in its name, or another vendor's: not looked for. */
export const genericNames = {
  ISLOnline: ["launch"],
  Itarian: ["Endpoint Manager", "Remote", "RMM"],
  MSP360_CloudBerry: ["Connect", "Remote", "RMM"],
  NAble: ["Remote Monitoring"],
  RemotePC: ["remotedesktop", "viewer"],
  RPort: ["RealVNC"],
};

/** Hosts of whole companies, of other vendors, or misspelt: not looked for. */
export const wrongHosts = {
  Alpemix: ["alpermix.com"],
  BarracudaRMM: ["content.ivanti.com"],
  ConnectWise: ["connectwise.com"],
  DameWare: ["beanywhere.com"],
  FleetDeck: ["fleetdm.com"],
  JumpCloud: ["api.jumpcloud.com"],
  Kaseya: ["kaseya.com"],
  LogMeIn: ["goto.com"],
  NAble: ["n-able.com"],
  PDQ: ["pdq.com"],
  TSPlus: ["secure-download-file.com"],
  ZohoAssist: ["meeting.zoho.com", "static.zohocdn.com"],
};

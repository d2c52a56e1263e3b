/** A software vendor as its certificates spell it, with a product and the host that it talks to. */
export interface VendorFact {
  readonly signer: string;
  readonly product: string;
  readonly file: string;
  readonly host: string;
}

/** Widespread vendors, commonest first; none of them is a remote-management vendor. */
export const commonVendors: readonly VendorFact[] = [
  { signer: "Google LLC", product: "Chrome", file: "chrome.exe", host: "update.googleapis.com" },
  { signer: "Adobe Inc.", product: "Adobe Acrobat", file: "Acrobat.exe", host: "acroipm2.adobe.com" },
  { signer: "Mozilla Corporation", product: "Firefox", file: "firefox.exe", host: "push.services.mozilla.com" },
  { signer: "Intel Corporation", product: "Intel Driver & Support", file: "DSAService.exe", host: "dsa.intel.com" },
  { signer: "Zoom Video Communications, Inc.", product: "Zoom", file: "Zoom.exe", host: "zoom.us" },
  { signer: "NVIDIA Corporation", product: "NVIDIA Container", file: "nvcontainer.exe", host: "gfe.nvidia.com" },
  { signer: "Dell Inc", product: "SupportAssist", file: "SupportAssistAgent.exe", host: "apidp.dell.com" },
  { signer: "HP Inc.", product: "HP Hotkey Support", file: "HotKeyServiceUWP.exe", host: "hpsupport.example.net" },
  {
    signer: "Lenovo",
    product: "Lenovo Vantage Service",
    file: "LenovoVantageService.exe",
    host: "filedownload.lenovo.com",
  },
  { signer: "Slack Technologies, Inc.", product: "Slack", file: "slack.exe", host: "wss-primary.slack.com" },
  {
    signer: "Oracle America, Inc.",
    product: "Java Platform SE",
    file: "javaw.exe",
    host: "javadl-esd-secure.oracle.com",
  },
  {
    signer: "Realtek Semiconductor Corp.",
    product: "Realtek Audio Universal Service",
    file: "RtkAudUService64.exe",
    host: "driver.example.org",
  },
  { signer: "Cisco Systems, Inc.", product: "Cisco AnyConnect", file: "vpnagent.exe", host: "vpn.example.test" },
  {
    signer: "Citrix Systems, Inc.",
    product: "Citrix Workspace",
    file: "SelfService.exe",
    host: "downloadplugins.citrix.com",
  },
  { signer: "VMware, Inc.", product: "VMware Tools", file: "vmtoolsd.exe", host: "vcenter.corp.example.test" },
  { signer: "Notepad++", product: "Notepad++", file: "notepad++.exe", host: "notepad-plus-plus.org" },
  { signer: "VideoLAN", product: "VLC media player", file: "vlc.exe", host: "update.videolan.org" },
  { signer: "Python Software Foundation", product: "Python", file: "python.exe", host: "pypi.org" },
  { signer: "JetBrains s.r.o.", product: "IntelliJ IDEA", file: "idea64.exe", host: "plugins.jetbrains.com" },
  { signer: "Docker Inc", product: "Docker Desktop", file: "com.docker.backend.exe", host: "registry-1.docker.io" },
  { signer: "GitHub, Inc.", product: "GitHub Desktop", file: "GitHubDesktop.exe", host: "api.github.com" },
  { signer: "Dropbox, Inc", product: "Dropbox", file: "Dropbox.exe", host: "client.dropbox.com" },
  { signer: "Spotify AB", product: "Spotify", file: "Spotify.exe", host: "apresolve.spotify.com" },
  {
    signer: "Logitech Inc",
    product: "Logi Options+",
    file: "logioptionsplus_agent.exe",
    host: "updates.optionsplus.logitech.com",
  },
  { signer: "ESET, spol. s r.o.", product: "ESET Security", file: "ekrn.exe", host: "update.eset.com" },
  { signer: "Autodesk, Inc.", product: "AutoCAD", file: "acad.exe", host: "entitlement.autodesk.com" },
  { signer: "SAP SE", product: "SAP GUI", file: "saplogon.exe", host: "sap01.corp.example.test" },
  { signer: "Wireshark Foundation, Inc.", product: "Wireshark", file: "Wireshark.exe", host: "www.wireshark.org" },
  { signer: "Johannes Schindelin", product: "Git", file: "git.exe", host: "git.corp.example.test" },
  {
    signer: "Tencent Technology (Shenzhen) Company Limited",
    product: "WeCom",
    file: "WXWork.exe",
    host: "work.weixin.qq.com",
  },
];

/** Signers with letters beyond ASCII, since certificates have them. */
export const unicodeVendors: readonly VendorFact[] = [
  { signer: "Häberle Softwarehaus GmbH", product: "Häberle Lager", file: "lager.exe", host: "lager.example.org" },
  {
    signer: "Éditions Numériques Béziers SARL",
    product: "Éditeur Béziers",
    file: "editeur.exe",
    host: "editeur.example.org",
  },
  {
    signer: "Żółw Oprogramowanie Sp. z o.o.",
    product: "Żółw Faktury",
    file: "faktury.exe",
    host: "faktury.example.net",
  },
  { signer: "İstanbul Yazılım A.Ş.", product: "Yazılım Defter", file: "defter.exe", host: "defter.example.net" },
  { signer: "ООО «Северный Код»", product: "Северный Код", file: "sevkod.exe", host: "sevkod.example.com" },
  { signer: "株式会社青空ソフトウェア", product: "青空ノート", file: "aozora-note.exe", host: "aozora.example.com" },
  { signer: "北京云桥科技有限公司", product: "云桥助手", file: "yunqiao.exe", host: "yunqiao.example.com" },
  { signer: "Størmark Programvare AS", product: "Størmark Timer", file: "stormark.exe", host: "stormark.example.org" },
  { signer: "Põhjala Tarkvara OÜ", product: "Põhjala Arved", file: "arved.exe", host: "arved.example.org" },
  { signer: "Ñandú Soluciones S.A. de C.V.", product: "Ñandú Nómina", file: "nomina.exe", host: "nomina.example.net" },
];

/** Parts of which the names of the many small vendors are made. */
export const vendorWords: readonly string[] = (
  "Amber Birch Cedar Delta Ember Falcon Granite Harbor Iris Juniper Kestrel Lantern Maple Nimbus Onyx Pioneer Quartz Raven " +
  "Summit Tundra Umbra Vertex Willow Xenon Yarrow Zephyr Aurora Beacon Copper Drift Echo Fjord Glacier Horizon Indigo Jade " +
  "Keystone Lumen Meridian Nova Orchard Prism Quill Ridge Sable Tidal Union Vista Weaver Zenith Arbor Basalt Cobalt Dune " +
  "Elm Flint Grove Heron Islet Kite Larch Moss Nest Oak Pebble Reed Sage Thorn Vale Wren"
).split(" ");
export const vendorTrades: readonly string[] = (
  "Software Systems Technologies Labs Data Digital Solutions Networks Media Imaging Instruments Robotics Analytics Devices " +
  "Security Games Audio Print Health Energy Logistics Finance Studio Interactive"
).split(" ");
export const vendorForms: readonly string[] = [
  "LLC",
  "Inc.",
  "GmbH",
  "Ltd",
  "Ltd.",
  "S.r.l.",
  "B.V.",
  "AB",
  "Oy",
  "S.A.S.",
  "Co., Ltd.",
  "Pty Ltd",
  "Corp.",
  "s.r.o.",
  "AG",
  "K.K.",
];

/** Whether a name is one of the Advanced Security Information Model's parsers: `_Im_Dns`, `imDns`, `vimDnsNative`, `ASimDns`. */
export function isParserName(name: string): boolean {
  return /^(_Im_|_ASim_|v?im[A-Z]|ASim[A-Z])/.test(name);
}

export const packageName: string = "@goshawk/kql";

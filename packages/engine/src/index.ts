export const packageName: string = "@goshawk/engine";

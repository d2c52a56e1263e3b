export const packageName: string = "@goshawk/store";

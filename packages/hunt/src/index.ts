export const packageName: string = "@goshawk/hunt";

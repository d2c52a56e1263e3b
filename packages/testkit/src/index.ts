export const packageName: string = "@goshawk/testkit";

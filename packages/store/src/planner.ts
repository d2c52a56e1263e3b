export { openPlanner } from "./index/openPlanner.ts";

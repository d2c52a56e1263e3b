import { expect, test } from "vitest";
import { compileText } from "../compileText.ts";

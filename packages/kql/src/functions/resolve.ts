import type { KqlType } from "../values/type.ts";
import type { Parameter, ParameterType, Signature } from "./signature.ts";

/** A signature that fits the arguments: the type that each argument must have, and the result's. */
export interface Resolution {
  readonly overload: number;
  readonly parameters: readonly KqlType[];
  readonly result: KqlType;
}

/** What binding knows of an argument: its type, or that it is a bare null. */
export type ArgumentType = KqlType | "null";

const wide: Readonly<Partial<Record<KqlType, number>>> = { int: 0, long: 1, real: 2, decimal: 3 };

/** The signature that needs the least conversion, or undefined when none fits. */
export function resolve(signatures: readonly Signature[], given: readonly ArgumentType[]): Resolution | undefined {
  let best: (Resolution & { readonly cost: number }) | undefined;
  signatures.forEach((signature, overload) => {
    const fit = fits(signature, given);
    if (fit !== undefined && (best === undefined || fit.cost < best.cost)) best = { overload, ...fit };
  });
  return best;
}

function fits(
  signature: Signature,
  given: readonly ArgumentType[],
): { readonly cost: number; readonly parameters: readonly KqlType[]; readonly result: KqlType } | undefined {
  const slots = slotsFor(signature.parameters, given.length);
  if (slots === undefined) return undefined;
  const shared = commonType(given.filter((_, index) => slots[index]?.type === "T"));
  let cost = 0;
  const parameters: KqlType[] = [];
  for (const [index, type] of given.entries()) {
    const want = wanted(slots[index]?.type ?? "any", type, shared);
    const step = want === undefined ? undefined : conversionCost(type, want);
    if (want === undefined || step === undefined) return undefined;
    cost += step;
    parameters.push(want);
  }
  return { cost, parameters, result: signature.result === "T" ? (shared ?? "dynamic") : signature.result };
}

function wanted(parameter: ParameterType, given: ArgumentType, shared: KqlType | undefined): KqlType | undefined {
  if (parameter === "any") return given === "null" ? "dynamic" : given;
  return parameter === "T" ? shared : parameter;
}

function slotsFor(parameters: readonly Parameter[], count: number): readonly Parameter[] | undefined {
  const last = parameters.at(-1);
  const required = parameters.filter((item) => !item.optional && !item.rest).length;
  if (count < required || (count > parameters.length && last?.rest !== true)) return undefined;
  const slots: Parameter[] = [];
  for (let index = 0; index < count; index++) {
    const slot = parameters[index] ?? last;
    if (slot !== undefined) slots.push(slot);
  }
  return slots;
}

/** How much is lost or assumed when `from` becomes `to`; undefined when it can't. */
export function conversionCost(from: ArgumentType, to: KqlType): number | undefined {
  if (from === to) return 0;
  if (from === "null") return 1;
  const [low, high] = [wide[from], wide[to]];
  if (from === "decimal" && to === "real") return 40;
  if (low !== undefined && high !== undefined) return low < high ? (high - low) * 2 : undefined;
  if (from === "dynamic") return to === "string" ? 20 : 21;
  if (to === "string") return 25;
  if (from === "bool" && high !== undefined) return to === "int" ? undefined : 25 + high;
  if (to === "dynamic") return 30;
  return undefined;
}

/** The type that all can be converted to without loss; bare nulls follow the others. */
export function commonType(types: readonly ArgumentType[]): KqlType | undefined {
  let common: KqlType | undefined;
  for (const type of types) {
    if (type === "null" || type === common) continue;
    if (common === undefined) common = type;
    else {
      const merged = wider(common, type);
      if (merged === undefined) return undefined;
      common = merged;
    }
  }
  return common;
}

function wider(a: KqlType, b: KqlType): KqlType | undefined {
  const [x, y] = [wide[a], wide[b]];
  if (x !== undefined && y !== undefined) return x > y ? a : b;
  if (a === "dynamic" || b === "dynamic") return a === "dynamic" ? b : a;
  if (a === "bool" && y !== undefined) return b === "int" ? "long" : b;
  if (b === "bool" && x !== undefined) return a === "int" ? "long" : a;
  return undefined;
}

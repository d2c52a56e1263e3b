import { createRequire } from "node:module";
import { beforeAll, expect, test } from "vitest";
import { quicken, type Runtime, type RuntimeArrays } from "../../src/syntax/quicken.ts";

type Made = new (...args: readonly unknown[]) => { add(value: unknown): void };
type Generic = (type: unknown) => { readonly ctor: Made };
interface Loaded {
  readonly Bridge: Runtime & { box(value: unknown, type: unknown): unknown };
  readonly System: Readonly<Record<string, unknown>> & {
    readonly Array: RuntimeArrays;
    readonly Collections: {
      readonly Generic: Readonly<Record<"List$1" | "IList$1" | "ICollection$1" | "IEnumerable$1", Generic>>;
    };
  };
}

let runtime: Loaded["Bridge"];
let system: Loaded["System"];
let values: readonly unknown[];
let types: readonly unknown[];
let answers: () => readonly unknown[];

beforeAll(() => {
  const require = createRequire(new URL("../../src/syntax/load.ts", import.meta.url));
  for (const script of ["bridge.min.js", "Kusto.Language.Bridge.min.js"])
    require(`@kusto/language-service-next/${script}`);
  ({ Bridge: runtime, System: system } = globalThis as unknown as Loaded);
  const { List$1, IList$1, ICollection$1, IEnumerable$1 } = system.Collections.Generic;
  const text = system.String;
  const list = new (List$1(text).ctor)();
  list.add("a");
  list.add("b");
  values = [null, undefined, 0, 7, "", "text", true, [], ["x"], {}, list, new Date(0), runtime.box(7, system.Int32)];
  const generic = [List$1, IList$1, ICollection$1, IEnumerable$1].map((make) => make(text));
  types = [text, system.Int32, system.Object, system.IComparable, Object, String, Number, ...generic];
  answers = () => [
    ...values.flatMap((value) => types.map((type) => runtime.is(value, type))),
    ...values.flatMap((value) => [runtime.isArray(value), runtime.hasValue(value)]),
    ...values.flatMap((a) => values.map((b) => runtime.referenceEquals(a, b))),
    ...[list, ["a", "b"]].flatMap((of) =>
      [undefined, text].flatMap((type) => [system.Array.getCount(of, type), system.Array.getItem(of, 1, type)]),
    ),
  ];
});

test("a quickened runtime answers as the one that was shipped, at the second call too", () => {
  const shipped = answers();
  quicken(runtime, system.Array);
  expect(answers()).toEqual(shipped);
  expect(answers()).toEqual(shipped);
});

test("a reference still reads and writes the variable that it stands for", () => {
  const owner = { field: 1, 0: "a" };
  const reference = runtime.ref(owner, "field") as { v: unknown };
  reference.v = 2;
  expect([reference.v, owner.field, (runtime.ref(owner, 0) as { v: unknown }).v]).toEqual([2, 2, "a"]);
});

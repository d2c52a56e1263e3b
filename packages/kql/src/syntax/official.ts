/** The shapes of the official parser that the adapter touches; nothing else in Goshawk sees them. */
export interface OfficialList<T> {
  readonly Count: number;
  getItem(index: number): T;
}

export interface OfficialSymbol {
  readonly Name: string;
  readonly Kind?: number;
  readonly Columns?: OfficialList<{ readonly Name: string; readonly Type: OfficialSymbol }>;
  readonly IsOpen?: boolean;
  /** Of a function: how Kusto names the column of an unnamed call, and with what prefix. */
  readonly ResultNameKind?: number;
  readonly ResultNamePrefix?: string | null;
  WithIsOpen?(isOpen: boolean): OfficialSymbol;
}

export interface OfficialNode {
  readonly Kind: number;
  readonly TextStart: number;
  readonly Width: number;
  readonly End: number;
  readonly ChildCount: number;
  readonly Text?: string;
  readonly ValueText?: string;
  readonly ResultType?: OfficialSymbol | null;
  readonly ReferencedSymbol?: OfficialSymbol | null;
  GetChild(index: number): OfficialNode | null;
  GetName(index: number): string;
  GetCalledFunctionBody?(): OfficialNode | null;
}

export interface OfficialDiagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Start: number;
  readonly Length: number;
  readonly Message: string;
}

export interface OfficialCode {
  readonly Syntax: OfficialNode;
  GetDiagnostics(): OfficialList<OfficialDiagnostic>;
}

export interface OfficialParseOptions {
  WithAlwaysProduceEndTokens(always: boolean): OfficialParseOptions;
}

export interface OfficialGlobals {
  readonly Functions: OfficialList<OfficialFunction>;
  readonly Aggregates: OfficialList<OfficialFunction>;
  readonly PlugIns: OfficialList<OfficialFunction>;
  WithCluster(cluster: unknown): OfficialGlobals;
  WithDatabase(database: unknown): OfficialGlobals;
  AddOrReplaceCluster(cluster: unknown): OfficialGlobals;
  WithParseOptions(options: OfficialParseOptions): OfficialGlobals;
  readonly ParseOptions: OfficialParseOptions;
  GetFunction(name: string): unknown;
  GetAggregate(name: string): unknown;
  GetPlugIn(name: string): unknown;
  GetOperator(kind: number): unknown;
}

/** What a function with a result of its own is told about a call. */
export interface OfficialReturnContext {
  readonly Arguments: OfficialList<{ readonly ConstantValue?: unknown } | null>;
  readonly ArgumentTypes: OfficialList<OfficialSymbol | null>;
}

export interface OfficialFunction extends OfficialSymbol {
  readonly IsHidden?: boolean;
  readonly Signatures: OfficialList<{
    readonly Parameters: OfficialList<{ readonly Name: string; readonly MinOccurring: number }>;
  }>;
}

type Constructor<A extends readonly unknown[]> = new (...args: A) => OfficialSymbol;

export interface OfficialLanguage {
  readonly GlobalState: { readonly Default: OfficialGlobals };
  readonly KustoCode: {
    ParseAndAnalyze(text: string, globals: OfficialGlobals): OfficialCode;
    Parse(text: string, globals: OfficialGlobals): OfficialCode;
  };
  readonly Functions: { readonly All: readonly OfficialFunction[] };
  readonly Aggregates: { readonly All: readonly OfficialFunction[] };
  readonly PlugIns: { readonly All: readonly OfficialFunction[] };
  readonly Syntax: { readonly SyntaxKind: Readonly<Record<string, unknown>> };
  readonly Symbols: {
    readonly ColumnSymbol: Constructor<[string, OfficialSymbol, null, null, null, null]>;
    readonly TableSymbol: { readonly $ctor4: Constructor<[string, readonly OfficialSymbol[]]> };
    readonly DatabaseSymbol: {
      readonly ctor: Constructor<[string, readonly OfficialSymbol[]]>;
      /** name, members, whether there may be more members */
      readonly $ctor1: Constructor<[string, readonly OfficialSymbol[], boolean]>;
    };
    readonly ClusterSymbol: { readonly ctor: Constructor<[string, readonly OfficialSymbol[]]> };
    readonly FunctionSymbol: {
      /** name, parameter list in parentheses, body in braces, description */
      readonly $ctor16: Constructor<[string, string, string, null]>;
      /** name, result, tabularity, parameters */
      readonly ctor: Constructor<
        [string, (context: OfficialReturnContext) => OfficialSymbol, number, readonly OfficialSymbol[]]
      >;
    };
    readonly Parameter: {
      /** name, kind of type, kind of argument, values, examples, case, indicator, least, most, default, description */
      readonly ctor: Constructor<[string, number, number, null, null, boolean, null, number, number, null, null]>;
    };
    readonly ScalarTypes: { GetSymbol(name: string): OfficialSymbol | null };
  };
}

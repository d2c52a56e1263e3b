import type { Span } from "../clock.ts";
import type { Device } from "../model/device.ts";
import type { FileFact } from "../model/file.ts";
import type { ProcessFact } from "../model/process.ts";
import {
  certificateFragment,
  fileFragment,
  fragmentText,
  initiatingFileFragment,
  initiatingVersionFragment,
  versionFragment,
} from "./fragments.ts";
import { createRunTexts } from "./processText.ts";

/** Facts with the bytes that stand for them in rows, made once and copied into every row. */
export interface RenderedDevice {
  readonly fact: Device;
  readonly head: Buffer;
  readonly tail: Buffer;
}

export interface RenderedFile {
  readonly fact: FileFact;
  readonly file: Buffer;
  readonly version: Buffer;
  readonly initiating: Buffer;
  readonly initiatingVersion: Buffer;
  readonly certificate: Buffer;
}

export interface RenderedProcess {
  readonly fact: ProcessFact;
  readonly file: RenderedFile;
  readonly run: Buffer;
}

export interface Renderer {
  readonly file: (fact: FileFact) => RenderedFile;
  readonly process: (fact: ProcessFact) => RenderedProcess;
}

export function renderDevice(device: Device): RenderedDevice {
  return {
    fact: device,
    head: Buffer.from(`${fragmentText({ DeviceName: device.name, DeviceId: device.id })}"ReportId":`),
    tail: Buffer.from(`","MachineGroup":${JSON.stringify(device.group)}},"Tenant":"DefaultTenant"}\r\n`),
  };
}

export function createRenderer(span: Span): Renderer {
  const files = new Map<FileFact, RenderedFile>();
  const file = (fact: FileFact): RenderedFile => {
    const known = files.get(fact);
    if (known !== undefined) return known;
    const rendered = renderFile(fact);
    files.set(fact, rendered);
    return rendered;
  };
  const texts = createRunTexts(span);
  return { file, process: (fact) => ({ fact, file: file(fact.file), run: Buffer.from(texts.initiating(fact)) }) };
}

function renderFile(fact: FileFact): RenderedFile {
  const runs = /\.exe$/i.test(fact.name);
  const nothing = Buffer.alloc(0);
  return {
    fact,
    file: fileFragment(fact),
    version: runs ? versionFragment(fact) : nothing,
    initiating: runs ? initiatingFileFragment(fact) : nothing,
    initiatingVersion: runs ? initiatingVersionFragment(fact) : nothing,
    certificate: certificateFragment(fact),
  };
}

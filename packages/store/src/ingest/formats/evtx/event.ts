import type { NormalEvent } from "../../windows/events.ts";
import type { XmlElement } from "./binXml.ts";

/** An event's element in the form that all Windows events share; `written` stands in for a missing time. */
export function normalEvent(event: XmlElement, line: number, written: string): NormalEvent {
  const system = child(event, "System");
  const text = (name: string): string | null => textOf(child(system, name));
  const attribute = (name: string, key: string): string | null => child(system, name)?.attributes.get(key) ?? null;
  return {
    line,
    time: attribute("TimeCreated", "SystemTime") ?? written,
    computer: text("Computer"),
    channel: text("Channel"),
    provider: attribute("Provider", "Name") ?? attribute("Provider", "EventSourceName"),
    id: text("EventID"),
    version: text("Version"),
    level: text("Level"),
    task: text("Task"),
    opcode: text("Opcode"),
    keywords: text("Keywords"),
    record: text("EventRecordID"),
    pid: attribute("Execution", "ProcessID"),
    tid: attribute("Execution", "ThreadID"),
    sid: attribute("Security", "UserID"),
    login: null,
    correlation: attribute("Correlation", "ActivityID"),
    message: textOf(child(child(event, "RenderingInfo"), "Message")),
    ...payload(event),
  };
}

function payload(event: XmlElement): Pick<NormalEvent, "section" | "data"> {
  const data = new Map<string, string>();
  const eventData = child(event, "EventData") ?? child(event, "ProcessingErrorData");
  if (eventData !== undefined) {
    let unnamed = 0;
    for (const item of elements(eventData)) {
      const name = item.attributes.get("Name") ?? (item.name === "Data" ? `#${++unnamed}` : item.name);
      put(data, name, deepText(item));
    }
    return { section: "EventData", data: Object.fromEntries(data) };
  }
  const userData = child(event, "UserData");
  const [root] = userData === undefined ? [] : elements(userData);
  if (root === undefined) return { section: null, data: {} };
  leaves(root, data);
  return { section: root.name, data: Object.fromEntries(data) };
}

/** Numbers stand first in a JavaScript object whatever their turn; a mark keeps the order. */
function put(data: Map<string, string>, name: string, text: string): void {
  const plain = /^\d+$/.test(name) ? `#${name}` : name === "__proto__" ? "#__proto__" : name;
  let distinct = plain;
  for (let number = 2; data.has(distinct); number++) distinct = `${plain}#${number}`;
  data.set(distinct, text);
}

function leaves(element: XmlElement, data: Map<string, string>): void {
  for (const item of elements(element)) {
    if (elements(item).length === 0) put(data, item.attributes.get("Name") ?? item.name, textOf(item) ?? "");
    else leaves(item, data);
  }
}

function elements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((item) => typeof item !== "string");
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((item) => typeof item !== "string" && item.name === name) as XmlElement | undefined;
}

function textOf(element: XmlElement | undefined): string | null {
  if (element === undefined) return null;
  const text = element.children.filter((item) => typeof item === "string").join("");
  return text === "" ? null : text;
}

function deepText(element: XmlElement): string {
  return element.children.map((item) => (typeof item === "string" ? item : deepText(item))).join("");
}
